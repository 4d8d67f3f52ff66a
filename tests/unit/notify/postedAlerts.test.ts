import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { createAlertmanagerSink } from "../../../functions/adapters/notify/alertmanagerSink.ts";
import { HOUR, MINUTE } from "../../../shared/domain/instant.ts";
import { readingFamilies } from "../../../shared/exposition/readingFamilies.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import { alertNameOf } from "../../../shared/monitoring/alertName.ts";
import { instrumentsBySubject } from "../../../shared/monitoring/instrumentOf.ts";
import { METRIC_RULES } from "../../../shared/monitoring/thresholds.ts";
import { COUNTS_FOR_MS, postedAlerts, type ToldAlert } from "../../../shared/notify/postedAlerts.ts";
import { everyReading } from "../../support/monitoring/knownMetrics.ts";

const NOW = Date.UTC(2026, 5, 23, 12);
const INSTRUMENTS = instrumentsBySubject(["USD_SGD", "EUR_USD"]);
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
    instrument: "USD_SGD",
  };
  const annotations = { summary: "It is old.", description: "It is old." };
  expect(postedAlerts([ALERT], INSTRUMENTS, NOW)).toEqual([{ labels, annotations, starts_at: NOW - HOUR, ends_at: NOW + COUNTS_FOR_MS }]);
  const ended = { ...ALERT, state: "resolved", ends_at: NOW - MINUTE } as const;
  expect(postedAlerts([ended], INSTRUMENTS, NOW)).toEqual([{ labels, annotations, starts_at: NOW - HOUR, ends_at: NOW - MINUTE }]);
});

it("ends the warning that a critical alert was", () => {
  const posted = postedAlerts([{ ...ALERT, severity: "critical" }], INSTRUMENTS, NOW);
  expect(posted.map(({ labels, ends_at }) => [labels["severity"], ends_at])).toEqual([
    ["warning", NOW - MINUTE],
    ["critical", NOW + COUNTS_FOR_MS],
  ]);
});

it("never ends before it starts, which Alertmanager refuses", () => {
  const at_once = { ...ALERT, severity: "critical", starts_at: NOW } as const;
  for (const { starts_at, ends_at } of postedAlerts([at_once], INSTRUMENTS, NOW)) expect(ends_at).toBeGreaterThan(starts_at);
});

describe("of what came again posts the last time alone", () => {
  const past = { state: "resolved", starts_at: NOW - 2 * HOUR, ends_at: NOW - HOUR } as const;
  const again = { ...ALERT, starts_at: NOW - 15 * MINUTE };
  const CASES: readonly (readonly [string, readonly ToldAlert[], readonly (readonly [string, number, number])[]])[] = [
    ["a warning that ended, and fires again", [{ ...ALERT, ...past }, again], [["warning", again.starts_at, NOW + COUNTS_FOR_MS]]],
    [
      "a critical one that ended, and is a warning again: the warning that it was ends nothing",
      [{ ...ALERT, ...past, severity: "critical" }, again],
      [
        ["warning", again.starts_at, NOW + COUNTS_FOR_MS],
        ["critical", past.starts_at, past.ends_at],
      ],
    ],
    [
      "a warning that ended, and is critical now: the warning has ended all the same",
      [
        { ...ALERT, ...past },
        { ...again, severity: "critical" },
      ],
      [
        ["warning", again.starts_at, NOW - MINUTE],
        ["critical", again.starts_at, NOW + COUNTS_FOR_MS],
      ],
    ],
    [
      "one that ended twice",
      [
        { ...ALERT, ...past },
        { ...again, state: "resolved", ends_at: NOW },
      ],
      [["warning", again.starts_at, NOW]],
    ],
    [
      "one that ended as it began, and fires since that moment",
      [{ ...again, state: "resolved", ends_at: NOW - MINUTE }, again],
      [["warning", again.starts_at, NOW + COUNTS_FOR_MS]],
    ],
  ];
  it.each(CASES)("%s", (_case, alerts, expected) => {
    for (const order of [alerts, alerts.toReversed()]) {
      const posted = postedAlerts(order, INSTRUMENTS, NOW).map(({ labels, starts_at, ends_at }) => [
        labels["severity"],
        starts_at,
        ends_at,
      ]);
      expect(posted).toHaveLength(expected.length);
      expect(posted).toEqual(expect.arrayContaining([...expected]));
    }
  });

  it("but of other subjects and metrics all", () => {
    const others = [again, { ...again, subject: "EUR_USD" }, { ...again, metric: "silver_age_h" }, { ...ALERT, ...past, subject: "" }];
    expect(postedAlerts(others, INSTRUMENTS, NOW)).toHaveLength(4);
  });
});

it("has all labels of fx_alert_firing, which Alertmanager's configuration goes by", () => {
  const subjects = ["USD_SGD", "EUR_USD", modelNameOf("EUR_USD"), "USD_SGD/H1", "gdelt", "sidecar", "XAU_USD", ""];
  const severities = ["warning", "critical"] as const;
  const alerts = everyReading().flatMap(({ check, metric }) =>
    subjects.flatMap((subject) => severities.map((severity) => ({ ...ALERT, check, metric, subject, severity }))),
  );
  for (const alert of alerts) {
    const family = readingFamilies([], [alert], INSTRUMENTS).find(({ name }) => name === "fx_alert_firing");
    // To Prometheus and Alertmanager a label that is empty is none.
    const labels = Object.entries(family!.samples[0]!.labels).filter(([, value]) => value !== "");
    const posted = postedAlerts([alert], INSTRUMENTS, NOW).find((one) => one.labels["severity"] === alert.severity);
    expect(posted!.labels).toEqual({
      ...Object.fromEntries(labels),
      ...{ alertname: alertNameOf(alert), source: "fx-medallion" },
    });
  }
  const instruments = subjects.map((subject) => postedAlerts([{ ...ALERT, subject }], INSTRUMENTS, NOW)[0]!.labels["instrument"]);
  expect(instruments).toEqual(["USD_SGD", "EUR_USD", "EUR_USD", "USD_SGD", ...[undefined, undefined, undefined, undefined]]);
});

it("is told by the real clock, whatever the platform's is set to", async () => {
  const bodies: unknown[] = [];
  const fetched: typeof fetch = async (url, init) => {
    bodies.push([String(url), JSON.parse(String(init?.body)), new Headers(init?.headers).get("authorization")]);
    return new Response("");
  };
  const options = { offset_ms: HOUR, public_url: "https://fx.example.com/", fetch: fetched };
  const sink = createAlertmanagerSink({ url: "http://alerts.example:9093/", token: "t" }, options);
  await sink.post(postedAlerts([ALERT], INSTRUMENTS, NOW));
  await sink.post([]);
  const runbook_url = "https://fx.example.com/api/runbooks/BarsStale";
  expect(bodies).toMatchObject([
    [
      "http://alerts.example:9093/api/v2/alerts",
      [
        {
          labels: { alertname: "BarsStale" },
          annotations: { runbook_url },
          startsAt: "2026-06-23T10:00:00Z",
          endsAt: "2026-06-23T11:45:00Z",
        },
      ],
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
