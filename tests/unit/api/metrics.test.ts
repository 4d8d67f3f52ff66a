import { beforeEach, describe, expect, it, vi } from "vitest";
import { createMetricStore } from "../../../functions/adapters/libsql/monitoring/metricStore.ts";
import { createPredictionLog } from "../../../functions/adapters/libsql/serving/predictionLog.ts";
import { metricsRoutes } from "../../../functions/api/metrics.ts";
import { ALL_DAGS } from "../../../functions/pipelines/all.ts";
import { createRouteApp } from "../../../shared/contracts/route/createRouteApp.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { AppError, toAppError } from "../../../shared/errors.ts";
import { EXPOSITION_TYPES } from "../../../shared/exposition/exposeFamilies.ts";
import { MAX_READING_SERIES } from "../../../shared/exposition/readingFamilies.ts";
import { decideAlert } from "../../../shared/monitoring/decideAlert.ts";
import { judge, type Observation } from "../../../shared/monitoring/metricRule.ts";
import { ruleOf } from "../../../shared/monitoring/thresholds.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { predictionRecord } from "../../support/models/predictionRecord.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOW = Date.UTC(2025, 5, 24, 12);

let ports: TestPorts;
let app: TestApp;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
  app = createTestApp(ports);
});

function reading(over: Partial<Observation>) {
  const seen: Observation = { check: "freshness", subject: "USD_SGD", metric: "bar_age_h", measured_at: NOW, value: 1, ...over };
  return judge(ruleOf(seen.check, seen.metric), seen);
}

/** Lines without their comments. */
async function scrape(): Promise<string[]> {
  const { status, body } = await app.call("GET", "/metrics");
  expect(status).toBe(200);
  return (body as string).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}

const metricsParts = () => ({
  ports,
  store: createMetricStore(ports.database),
  writer: { flush: async () => {} },
  elapsed_ms: () => 0,
  dag_ids: [],
  routes: () => [],
});

/** Series that have counted something. */
const counted = (lines: readonly string[]) => lines.filter((line) => !line.endsWith(" 0"));

/** What the route alone answers, of these parts. */
async function scrapeBy(parts: Parameters<typeof metricsRoutes>[0]): Promise<string[]> {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  const bearers = { admin_token: { token: null, advice: "" } };
  const route = createRouteApp({ mounted: [metricsRoutes(parts)], allowed_hosts: "any", bearers, translate: toAppError });
  return (await (await route.request("/metrics")).text()).split("\n");
}

describe("GET /metrics", () => {
  it("is text 0.0.4, or OpenMetrics where a scraper asks for it", async () => {
    const plain = await app.call("GET", "/metrics");
    expect(plain.headers.get("content-type")).toBe(EXPOSITION_TYPES.text);
    expect(plain.body).toMatch(/\n$/);
    const open = await app.call("GET", "/metrics", undefined, { accept: "application/openmetrics-text;version=1.0.0" });
    expect(open.headers.get("content-type")).toBe(EXPOSITION_TYPES.openmetrics);
    expect(open.body).toMatch(/\n# EOF\n$/);
  });

  it("counts answers by template, method and class, itself among them at the next scrape", async () => {
    await app.call("GET", "/livez");
    await app.call("GET", "/api/models/fx-usdsgd-predictor");
    await app.call("GET", "/nothing/here");
    await app.call("POST", "/predict", "{");
    await app.call("GET", "/metrics");
    const lines = await scrape();
    expect(counted(lines.filter((line) => line.startsWith("fx_http_requests_total"))).sort()).toEqual([
      'fx_http_requests_total{route="/api/models/{name}",method="GET",status="4xx"} 1',
      'fx_http_requests_total{route="/livez",method="GET",status="2xx"} 1',
      'fx_http_requests_total{route="/metrics",method="GET",status="2xx"} 1',
      'fx_http_requests_total{route="/predict",method="POST",status="4xx"} 1',
      'fx_http_requests_total{route="none",method="any",status="4xx"} 1',
    ]);
    expect(lines).toContain('fx_http_request_duration_seconds_count{family="predict"} 1');
  });

  it("has series at 0 from the start of what comes once in a while, and counts on from there", async () => {
    const lines = await scrape();
    for (const { dag_id } of ALL_DAGS) {
      for (const state of ["success", "failed", "skipped"])
        expect(lines).toContain(`fx_task_tries_total{dag_id="${dag_id}",state="${state}"} 0`);
      expect(lines).toContain(`fx_task_duration_seconds_count{dag_id="${dag_id}"} 0`);
    }
    expect(lines.filter((line) => line.startsWith("fx_task_success_timestamp_seconds"))).toEqual([]);
    for (const route of ["/predict", "/predict/batch"])
      for (const status of ["2xx", "4xx", "5xx"])
        expect(lines).toContain(`fx_http_requests_total{route="${route}",method="POST",status="${status}"} 0`);
    expect(lines).toContain('fx_http_request_duration_seconds_count{family="predict"} 0');
    expect(lines).toContain("fx_online_read_duration_seconds_count 0");
    const predictions = (text: readonly string[]) => text.filter((line) => line.startsWith("fx_predictions_total")).sort();
    const of = (instrument: string, about: string, source: string) =>
      `fx_predictions_total{instrument="${instrument}",about="${about}",source="${source}"}`;
    const all = ["EUR_USD", "USD_SGD"].flatMap((pair) => [of(pair, "now", "pipeline"), of(pair, "now", "user"), of(pair, "past", "user")]);
    expect(predictions(lines)).toEqual(all.map((series) => `${series} 0`));
    await createPredictionLog(ports.database).append([predictionRecord("a", { instrument: "EUR_USD", as_of: 1, features: [1] })]);
    expect(predictions(await scrape())).toEqual(all.map((series) => `${series} ${series === of("EUR_USD", "past", "user") ? 1 : 0}`));
  });

  it("has each reading under its own name in base units, what fires, and how many are of which status", async () => {
    const bad = reading({ value: 3 });
    await ports.monitor
      .prepareReadings([
        bad,
        reading({ subject: "fx-eurusd-predictor", metric: "model_age_d", value: 2 }),
        reading({ check: "performance", subject: "EUR_USD", metric: "accuracy", value: null, reason: "none yet" }),
      ])
      .commit();
    const { alert } = decideAlert({ reading: bad, previous: "breach", unknown_for_long: false, firing: null })!;
    await ports.monitor.prepareAlerts([{ kind: "fire", alert }], { dag_id: "monitoring", run_id: "r", task_id: "alerts" }).commit();
    const lines = await scrape();
    expect(lines).toContain(`fx_freshness_bar_age_seconds{subject="USD_SGD",instrument="USD_SGD"} ${3 * 3_600}`);
    expect(lines).toContain(`fx_freshness_model_age_seconds{subject="fx-eurusd-predictor",instrument="EUR_USD"} ${2 * 86_400}`);
    expect(lines.filter((line) => line.includes("accuracy"))).toEqual([]);
    expect(lines).toContain('fx_readings{check="performance",status="unknown"} 1');
    expect(lines).toContain(
      'fx_alert_firing{check="freshness",subject="USD_SGD",metric="bar_age_h",severity="critical",instrument="USD_SGD"} 1',
    );
    expect(lines).toContain(`fx_check_measured_timestamp_seconds{check="freshness"} ${NOW / 1_000}`);
  });

  it("has the ends of an interval and no value of too few observations that has none", async () => {
    const interval = { estimate: 0.6, low: 0.3, high: 0.85 };
    await ports.monitor
      .prepareReadings([
        reading({ check: "performance", subject: "EUR_USD", metric: "accuracy", value: 0.6, interval, n: 10 }),
        reading({ check: "drift", subject: "EUR_USD", metric: "psi_median", value: 0.4, n: 10 }),
        reading({ check: "drift", subject: "USD_SGD", metric: "psi_median", value: 0.05, n: 400 }),
      ])
      .commit();
    const lines = await scrape();
    expect(lines.filter((line) => /accuracy|psi/.test(line))).toEqual([
      'fx_drift_psi_median{subject="USD_SGD",instrument="USD_SGD"} 0.05',
      'fx_performance_accuracy_ratio{subject="EUR_USD",instrument="EUR_USD"} 0.6',
      'fx_performance_accuracy_bound_ratio{subject="EUR_USD",instrument="EUR_USD",bound="low"} 0.3',
      'fx_performance_accuracy_bound_ratio{subject="EUR_USD",instrument="EUR_USD",bound="high"} 0.85',
    ]);
    expect(lines).toContain('fx_readings{check="drift",status="unknown"} 1');
  });

  it("has the calibration curve of each instrument, and none of details of before there was one", async () => {
    const curve = [
      { mean_forecast: 0.45, share_up: 0.5, n: 40 },
      { mean_forecast: 0.55, share_up: 0.6, n: 41 },
    ];
    const of = { check: "performance", metric: "ece_30d", value: 0.05, n: 81 } as const;
    await ports.monitor
      .prepareReadings([
        reading({ ...of, subject: "EUR_USD", details: { days: 30, curve } }),
        reading({ ...of, subject: "USD_SGD", details: { days: 30 } }),
      ])
      .commit();
    expect((await scrape()).filter((line) => line.includes("fx_calibration"))).toEqual([
      'fx_calibration_predicted_ratio{subject="EUR_USD",instrument="EUR_USD",bin="01"} 0.45',
      'fx_calibration_predicted_ratio{subject="EUR_USD",instrument="EUR_USD",bin="02"} 0.55',
      'fx_calibration_observed_ratio{subject="EUR_USD",instrument="EUR_USD",bin="01"} 0.5',
      'fx_calibration_observed_ratio{subject="EUR_USD",instrument="EUR_USD",bin="02"} 0.6',
      'fx_calibration_predictions{subject="EUR_USD",instrument="EUR_USD",bin="01"} 40',
      'fx_calibration_predictions{subject="EUR_USD",instrument="EUR_USD",bin="02"} 41',
    ]);
  });

  it("counts predictions from their log, and says what waits", async () => {
    const log = createPredictionLog(ports.database);
    await log.append([
      predictionRecord("a", { latency_us: 300, features: [1] }),
      predictionRecord("b", { latency_us: 700, features: [1] }),
    ]);
    await ports.database.$client.execute({
      sql: "INSERT INTO dead_letters (id, queue, body, error, received_at) VALUES ('x', 'q', '', '', ?)",
      args: [NOW - HOUR],
    });
    const lines = await scrape();
    expect(lines).toContain('fx_predictions_total{instrument="USD_SGD",about="now",source="user"} 2');
    expect(lines).toContain('fx_prediction_duration_seconds_sum{source="user"} 0.001');
    expect(lines).toContain('fx_prediction_duration_seconds_bucket{source="user",le="0.0005"} 1');
    expect(lines).toContain('fx_prediction_duration_seconds_count{source="pipeline"} 0');
    expect(lines).toContain("fx_dead_letters 1");
    expect(lines).toContain("fx_dead_letters_oldest_age_seconds 3600");
    expect(lines).toContain("fx_database_up 1");
  });

  it("stays below 2,000 series however much is measured, and says what it left out", async () => {
    const readings = Array.from({ length: 3_000 }, (_, i) => reading({ subject: `source-${i}`, metric: "news_source_age_h", value: 0.5 }));
    await ports.monitor.prepareReadings(readings).commit();
    const lines = await scrape();
    expect(lines.length).toBeLessThan(2_000);
    expect(lines).toContain(`fx_readings_left_out ${3_000 - MAX_READING_SERIES}`);
  });

  it("says that the database is away, where it is, and nothing that it does not know", async () => {
    ports.database.$client.close();
    expect((await scrape()).map((line) => line.split("{")[0]!.split(" ")[0])).toEqual([
      "fx_build_info",
      "fx_time_seconds",
      "fx_database_up",
    ]);
  });

  it("says so of a database that says nothing, before a scraper takes the Worker for dead", async () => {
    const silent = { ...metricsParts(), answer_within_ms: 20, store: { ...metricsParts().store, ping: () => new Promise<void>(() => {}) } };
    expect(await scrapeBy(silent)).toContain("fx_database_up 0");
  });

  it.each([
    ["is refused", () => Promise.reject(new AppError("store_unavailable", "database or disk is full", { status: 503 }))],
    ["does not end", () => new Promise<void>(() => {})],
  ])("has all that can be read where what was counted cannot be written, since that %s", async (_how, flush) => {
    await ports.monitor.prepareReadings([reading({ value: 3 })]).commit();
    const lines = await scrapeBy({ ...metricsParts(), write_within_ms: 20, writer: { flush } });
    expect(lines).toContain("fx_database_up 1");
    expect(lines.some((line) => line.startsWith("fx_freshness_bar_age_seconds"))).toBe(true);
  });

  it("wants a key that may read, where keys are set", async () => {
    app = createTestApp(ports, { admin_token: "a-token-of-the-owner" });
    expect((await app.call("GET", "/metrics")).status).toBe(401);
    expect((await app.call("GET", "/metrics", undefined, { authorization: "Bearer a-token-of-the-owner" })).status).toBe(200);
  });
});
