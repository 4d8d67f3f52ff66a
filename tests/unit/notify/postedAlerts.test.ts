import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { createAlertmanagerSink } from "../../../functions/adapters/notify/alertmanagerSink.ts";
import { HOUR, MINUTE } from "../../../shared/domain/instant.ts";
import { alertNameOf } from "../../../shared/monitoring/alertName.ts";
import { METRIC_RULES } from "../../../shared/monitoring/thresholds.ts";
import { COUNTS_FOR_MS, postedAlerts, type ToldAlert } from "../../../shared/notify/postedAlerts.ts";
import { everyReading } from "../../support/monitoring/knownMetrics.ts";

const NOW = Date.UTC(2026, 5, 23, 12);
const ALERT: ToldAlert = {
  ...{ check: "freshness", subject: "USD_SGD", metric: "bar_age_h", severity: "warning", state: "firing", summary: "It is old." },
  ...{ starts_at: NOW - HOUR, ends_at: null },
};

it("says of what fires until when it counts, and of what has ended since when", () => {
  const labels = {
    alertname: "BarsStale",
    check: "freshness",
    metric: "bar_age_h",
    severity: "warning",
    source: "fx-medallion",
    subject: "USD_SGD",
  };
  const annotations = { summary: "It is old.", description: "It is old.", runbook_url: "dashboards/runbooks/BarsStale.md" };
  expect(postedAlerts([ALERT], NOW)).toEqual([{ labels, annotations, starts_at: NOW - HOUR, ends_at: NOW + COUNTS_FOR_MS }]);
  const ended = { ...ALERT, state: "resolved", ends_at: NOW - MINUTE } as const;
  expect(postedAlerts([ended], NOW)).toEqual([{ labels, annotations, starts_at: NOW - HOUR, ends_at: NOW - MINUTE }]);
});

it("ends the warning that a critical alert was", () => {
  const posted = postedAlerts([{ ...ALERT, severity: "critical" }], NOW);
  expect(posted.map(({ labels, ends_at }) => [labels["severity"], ends_at])).toEqual([
    ["warning", NOW - MINUTE],
    ["critical", NOW + COUNTS_FOR_MS],
  ]);
});

it("never ends before it starts, which Alertmanager refuses", () => {
  const at_once = { ...ALERT, severity: "critical", starts_at: NOW } as const;
  for (const { starts_at, ends_at } of postedAlerts([at_once], NOW)) expect(ends_at).toBeGreaterThan(starts_at);
});

it("is told by the real clock, whatever the platform's is set to", async () => {
  const bodies: unknown[] = [];
  const fetched: typeof fetch = async (url, init) => {
    bodies.push([String(url), JSON.parse(String(init?.body)), new Headers(init?.headers).get("authorization")]);
    return new Response("");
  };
  const sink = createAlertmanagerSink({ url: "http://alerts.example:9093/", token: "t" }, HOUR, { fetch: fetched });
  await sink.post(postedAlerts([ALERT], NOW));
  await sink.post([]);
  expect(bodies).toMatchObject([
    [
      "http://alerts.example:9093/api/v2/alerts",
      [{ labels: { alertname: "BarsStale" }, startsAt: "2026-06-23T10:00:00Z", endsAt: "2026-06-23T11:45:00Z" }],
      "Bearer t",
    ],
  ]);
});

it("has the names that the rules of Prometheus give the same readings", () => {
  const file = join(import.meta.dirname, "../../../dashboards/prometheus/alerts.yml");
  const rules = (parse(readFileSync(file, "utf8")) as { groups: { rules: { alert: string; expr: string }[] }[] }).groups.flatMap(
    ({ rules: own }) => own,
  );
  const selectors = rules.flatMap(({ alert, expr }) => {
    const [, check, metric] = /^fx_alert_firing\{check="(\w+)", metric=~"([^"]+)"/.exec(expr) ?? [];
    return check && metric ? [{ alert, check, metric: new RegExp(`^(?:${metric})$`) }] : [];
  });
  const left_out = [
    ...rules.find(({ alert }) => alert === "ReadingBad")!.expr.matchAll(/unless fx_alert_firing\{check="(\w+)", metric=~"([^"]+)"\}/g),
  ].map(([, check, metric]) => ({ check, metric: new RegExp(`^(?:${metric})$`) }));
  expect(selectors.length).toBeGreaterThan(15);
  // These have an alert by a series of their own.
  const own = ["TasksWaiting", "DeadLetters", "NotificationsStuck", "SidecarDown"];
  // What is only shown fires nothing.
  const judged = everyReading().filter(({ check, metric }) => METRIC_RULES[check][metric]!.bad !== "none");
  for (const { check, metric } of judged) {
    const named = alertNameOf({ check, subject: "USD_SGD", metric });
    const by_rule = selectors.filter((one) => one.check === check && one.metric.test(metric)).map(({ alert }) => alert);
    expect(by_rule, `${check}/${metric}`).toEqual(own.includes(named) || named === "ReadingBad" ? [] : [named]);
    const is_left_out = left_out.some((one) => one.check === check && one.metric.test(metric));
    expect(is_left_out, `${check}/${metric} is no ReadingBad`).toBe(named !== "ReadingBad");
  }
  const alerts = rules.map(({ alert }) => alert);
  expect(alerts).toEqual(expect.arrayContaining(own));
  expect(alertNameOf({ check: "infrastructure", subject: "sidecar", metric: "reachable" })).toBe("SidecarDown");
});
