import type { Hono } from "hono";
import { beforeEach, describe, expect, it } from "vitest";
import { monitoringRoutes } from "../../../functions/api/monitoring.ts";
import { translateError } from "../../../functions/api/translateError.ts";
import {
  alertCollectionSchema,
  type MetricRuleView,
  monitoringSummarySchema,
  readingCollectionSchema,
} from "../../../shared/contracts/monitoring.ts";
import { createRouteApp } from "../../../shared/contracts/route/createRouteApp.ts";
import { HOUR, MINUTE, toIso } from "../../../shared/domain/instant.ts";
import type { ViewSchema } from "../../../shared/features/viewSchema.ts";
import { FEATURE_FAMILIES } from "../../../shared/features/views.ts";
import { decideAlert } from "../../../shared/monitoring/decideAlert.ts";
import { judge, type Observation } from "../../../shared/monitoring/metricRule.ts";
import { CHECKS } from "../../../shared/monitoring/reading.ts";
import { METRIC_RULES, ruleOf } from "../../../shared/monitoring/thresholds.ts";
import { GOLD } from "../../support/models/servingFixture.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOW = Date.UTC(2025, 5, 24, 12);
const ORIGIN = { dag_id: "monitoring", run_id: "r", task_id: "alerts" };

let ports: TestPorts;
let app: Hono;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
  const bearers = { admin_token: { token: null, advice: "" } };
  app = createRouteApp({ mounted: monitoringRoutes(ports), allowed_hosts: "any", bearers, translate: translateError });
});

function reading(over: Partial<Observation>) {
  const seen: Observation = { check: "freshness", subject: "USD_SGD", metric: "bar_age_h", measured_at: NOW, value: 1, ...over };
  return judge(ruleOf(seen.check, seen.metric), seen);
}
const put = (...observations: Partial<Observation>[]) => ports.monitor.prepareReadings(observations.map(reading)).commit();

// biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect of it
async function get(path: string): Promise<{ status: number; body: any }> {
  const response = await app.request(path);
  return { status: response.status, body: await response.json() };
}

async function fire(subject: string) {
  const bad = reading({ subject, value: 3 });
  const { alert } = decideAlert({ reading: bad, previous: "breach", unknown_for_long: false, firing: null })!;
  await ports.monitor.prepareAlerts([{ kind: "fire", alert }], ORIGIN).commit();
  return alert;
}

describe("GET /api/monitoring/readings", () => {
  it("gives the newest readings with their units, and those since a time on demand", async () => {
    await put({ measured_at: NOW - HOUR, value: 2.1 }, { value: 3 }, { subject: "EUR_USD" });
    const newest = await get("/api/monitoring/readings");
    expect(readingCollectionSchema.parse(newest.body).readings.map(({ subject, status }) => [subject, status])).toEqual([
      ["EUR_USD", "ok"],
      ["USD_SGD", "breach"],
    ]);
    expect(newest.body.readings[1]).toEqual({
      check: "freshness",
      subject: "USD_SGD",
      metric: "bar_age_h",
      measured_at: "2025-06-24T12:00:00Z",
      value: 3,
      unit: "market hours",
      low: null,
      high: null,
      n: null,
      threshold: 130 / 60,
      status: "breach",
      details: {},
    });
    const { body } = await get("/api/monitoring/readings?since=2025-06-24T11:00:00Z&subject=USD_SGD&limit=1");
    expect(body).toMatchObject({ readings: [{ value: 3 }], has_more: true });
    expect((await get("/api/monitoring/readings?since=2025-06-24T11:00:00Z&metric=bar_age_h")).body).toMatchObject({ has_more: false });
    expect((await get("/api/monitoring/readings?check=drift")).body).toEqual({ readings: [], has_more: false });
  });

  it.each([
    ["check=weather", "check"],
    ["since=yesterday", "since"],
    ["since=2025-06-24", "since"],
    ["limit=0", "limit"],
    ["limit=1001", "limit"],
    ["limit=x", "limit"],
    [`subject=${"x".repeat(201)}`, "subject"],
  ])("%s is 422 and names the field", async (query, field) => {
    const { status, body } = await get(`/api/monitoring/readings?${query}`);
    expect([status, body.code, body.field]).toEqual([422, "invalid_request", field]);
  });
});

describe("GET /api/monitoring/summary", () => {
  it("of nothing is unknown", async () => {
    const { body } = await get("/api/monitoring/summary");
    expect(monitoringSummarySchema.parse(body)).toEqual({
      status: "unknown",
      checks: CHECKS.map((check) => ({
        check,
        status: "unknown",
        measured_at: null,
        counts: { ok: 0, unknown: 0, warning: 0, breach: 0 },
        problems: [],
        unknown_because: [expect.stringContaining("nothing has been measured yet")],
      })),
      alerts_firing: 0,
    });
  });

  it("is as bad as the worst reading, which it names first", async () => {
    await put({}, { subject: "EUR_USD", value: 2.1 }, { subject: "GBP_USD", value: 3 }, { subject: "AUD_USD", value: null });
    await put({ check: "drift", metric: "psi_median", value: 0.01 });
    await fire("GBP_USD");
    const { body } = await get("/api/monitoring/summary");
    expect(body).toMatchObject({ status: "breach", alerts_firing: 1 });
    expect(body.checks[0]).toMatchObject({
      check: "freshness",
      status: "breach",
      measured_at: "2025-06-24T12:00:00Z",
      counts: { ok: 1, unknown: 1, warning: 1, breach: 1 },
      problems: [expect.stringContaining("GBP_USD is 3 market hours"), expect.stringContaining("EUR_USD is 2.1")],
    });
    expect(body.checks[0].unknown_because).toEqual([expect.stringContaining("(1 reading)")]);
    expect(body.checks.find((one: { check: string }) => one.check === "drift")).toMatchObject({
      status: "ok",
      problems: [],
      unknown_because: [],
    });
  });
});

describe("GET /api/alerts", () => {
  it("lists those that fire first, by state, page and order", async () => {
    const first = await fire("USD_SGD");
    await ports.monitor
      .prepareAlerts([{ kind: "resolve", alert: { ...first, state: "resolved", ends_at: NOW + HOUR, last_seen_at: NOW + HOUR } }], ORIGIN)
      .commit();
    await fire("EUR_USD");
    const { body } = await get("/api/alerts");
    expect(alertCollectionSchema.parse(body)).toMatchObject({ total_entries: 2, alerts: [{ subject: "EUR_USD" }, { subject: "USD_SGD" }] });
    expect(body.alerts[1]).toMatchObject({
      state: "resolved",
      severity: "critical",
      starts_at: "2025-06-24T12:00:00Z",
      ends_at: "2025-06-24T13:00:00Z",
    });
    expect((await get("/api/alerts?state=firing")).body).toMatchObject({
      total_entries: 1,
      alerts: [{ subject: "EUR_USD", ends_at: null }],
    });
    expect((await get("/api/alerts?order_by=id&limit=1")).body).toMatchObject({ total_entries: 2, alerts: [{ subject: "USD_SGD" }] });
  });

  it.each([
    ["state=sleeping", "state"],
    ["limit=101", "limit"],
    ["offset=-1", "offset"],
    ["order_by=summary", "order_by"],
  ])("%s is 422 and names the field", async (query, field) => {
    const { status, body } = await get(`/api/alerts?${query}`);
    expect([status, body.field]).toEqual([422, field]);
  });

  it("and the readings are described for OpenAPI", () => {
    const described = monitoringRoutes(ports).map(({ route }) => `${route.method} ${route.path}`);
    expect(described).toEqual([
      "GET /api/monitoring/readings",
      "GET /api/monitoring/series",
      "GET /api/monitoring/rules",
      "GET /api/monitoring/summary",
      "GET /api/alerts",
    ]);
  });
});

describe("GET /api/monitoring/series", () => {
  const ask = (query: string) => get(`/api/monitoring/series?check=freshness&metric=bar_age_h&${query}`);

  it("is one metric in time, the last of each step, by subject", async () => {
    for (const [quarter, value] of [0.25, 0.5, 0.75, 1, 1.25].entries())
      await put({ value, measured_at: NOW - (4 - quarter) * 15 * MINUTE });
    await put({ subject: "EUR_USD", value: 1, measured_at: NOW });
    const span = `from=${toIso(NOW - HOUR)}&to=${toIso(NOW + 1)}`;
    const { body } = await ask(`${span}&instrument=USD_SGD`);
    expect(body).toMatchObject({ unit: "market hours", step_s: 900, has_more: false });
    expect(body.series.map(({ subject }: { subject: string }) => subject)).toEqual(["USD_SGD"]);
    expect(body.series[0].points.map(({ value }: { value: number }) => value)).toEqual([0.25, 0.5, 0.75, 1, 1.25]);
    const hourly = (await ask(`${span}&subject=USD_SGD&step=3600`)).body.series[0].points;
    expect(hourly.at(-1)).toMatchObject({ at: toIso(NOW), value: 1.25 });
    expect(hourly.length).toBeLessThan(5);
    expect((await ask(span)).body.series).toHaveLength(2);
    expect((await ask(`${span}&subject=GBP_USD`)).body.series).toEqual([]);
  });

  it.each([
    ["check=drift&metric=vibes", "metric"],
    ["check=freshness&metric=typo_age_h", "metric"],
    // What every object of JavaScript has is no metric.
    ["check=freshness&metric=constructor", "metric"],
    ["check=freshness&metric=__proto__", "metric"],
    ["check=freshness&metric=bar_age_h&step=1", "step"],
    ["check=freshness&metric=bar_age_h&from=2025-06-25T00:00:00Z&to=2025-06-24T00:00:00Z", "from"],
    ["check=freshness&metric=bar_age_h&instrument=usd", "instrument"],
  ])("%s is 422 and names the field", async (query, field) => {
    const { status, body } = await get(`/api/monitoring/series?${query}`);
    expect([status, body.field]).toEqual([422, field]);
  });
});

describe("GET /api/monitoring/rules", () => {
  it("has every metric with its limits, of each check in its order", async () => {
    const { rules } = (await get("/api/monitoring/rules")).body as { rules: MetricRuleView[] };
    expect([...new Set(rules.map(({ check }) => check))]).toEqual(CHECKS);
    const known = CHECKS.flatMap((check) => Object.keys(METRIC_RULES[check]).map((metric) => `${check} ${metric}`));
    expect(rules.map(({ check, metric }) => `${check} ${metric}`).sort()).toEqual(known.sort());
    expect(rules.find(({ metric }) => metric === "bar_gap_share_30d")).toEqual({
      check: "quality",
      metric: "bar_gap_share_30d",
      ...{ unit: "share", bad: "above", warning: 0.05, breach: 0.2, min_n: 100 },
      reason: ruleOf("quality", "bar_gap_share_30d").reason,
    });
  });

  it("has those of one check, and of the views that an installation has added", async () => {
    const depth: ViewSchema = { ...GOLD, name: "depth_features" };
    const mine = { ...ports, config: { ...ports.config, families: [...FEATURE_FAMILIES, { ...FEATURE_FAMILIES[0]!, view: () => depth }] } };
    const bearers = { admin_token: { token: null, advice: "" } };
    const own = createRouteApp({ mounted: monitoringRoutes(mine), allowed_hosts: "any", bearers, translate: translateError });
    const asked = async (path: string) => ((await (await own.request(path)).json()) as { rules: MetricRuleView[] }).rules;
    const ages = await asked("/api/monitoring/rules?check=freshness");
    expect(new Set(ages.map(({ check }) => check))).toEqual(new Set(["freshness"]));
    expect(ages.map(({ metric }) => metric)).toContain("depth_features_age_h");
    expect((await asked("/api/monitoring/rules?check=drift")).map(({ metric }) => metric)).not.toContain("depth_features_age_h");
  });
});
