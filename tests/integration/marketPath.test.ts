import { createMessageBatch, createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { createDatabase } from "../../functions/adapters/libsql/database.ts";
import worker from "../../functions/worker.ts";
import type { TaskInstance } from "../../shared/contracts/dags.ts";
import { HOUR, toIso } from "../../shared/domain/instant.ts";
import { toNdjson, walkUntil } from "../support/market/candleLines.ts";
import { call, endOf, trigger } from "./workerClient.ts";

/** The whole market path inside workerd, in the order in which it happens. */

const END = inject("lastBarEnd");
const BARS = 2_200;
const USD_SGD = walkUntil("USD_SGD", END, BARS, 21);
const EUR_USD = walkUntil("EUR_USD", END, BARS, 12);
const FIRST = USD_SGD[0]!.start;
const EVERYTHING = { start: FIRST, end: END };

const states = (tasks: readonly TaskInstance[]) => Object.fromEntries(tasks.map((task) => [`${task.task_id}/${task.map_key}`, task.state]));
const reportOf = (tasks: readonly TaskInstance[], task_id: string, map_key: string) =>
  tasks.find((task) => task.task_id === task_id && task.map_key === map_key)?.report;

describe("candles over HTTP", () => {
  it("are stored once, however often they are sent, and what is wrong is rejected by name", async () => {
    const wrong = JSON.stringify({ complete: false, volume: 1, time: toIso(END - 3 * HOUR), mid: { o: "1", h: "1", l: "1", c: "1" } });
    for (const [instrument, bars] of [["USD_SGD", USD_SGD] as const, ["EUR_USD", EUR_USD] as const]) {
      const path = `/api/import/candles?instrument=${instrument}&granularity=H1`;
      const body = `${toNdjson(bars)}\n${wrong}`;
      const first_rejects = [{ line: BARS + 1, reason: "incomplete", detail: "complete: false: the bar had not ended" }];
      const counts = { read: BARS + 1, replaced: 0, rejected: { incomplete: 1 }, first_rejects };
      expect(await call("POST", path, body)).toEqual({ status: 200, body: { ...counts, inserted: BARS, unchanged: 0 } });
      expect((await call("POST", path, body)).body).toEqual({ ...counts, inserted: 0, unchanged: BARS });
    }
    const { body } = await call("GET", "/api/store");
    expect(body).toMatchObject({ market: "real", origin: "import", instruments: ["USD_SGD", "EUR_USD"] });
    expect(body.coverage).toContainEqual({
      instrument: "USD_SGD",
      granularity: "H1",
      first_start: toIso(FIRST),
      last_start: toIso(END - HOUR),
      bars: BARS,
    });
  });
});

describe("market_feature_pipeline", () => {
  it("builds a row a bar in slices, and writes the newest to KV", async () => {
    const run_id = await trigger("market_feature_pipeline", { window: EVERYTHING });
    const { run, tasks } = await endOf("market_feature_pipeline", run_id);
    expect(run.state, JSON.stringify(tasks)).toBe("success");
    // Counts add up over the slices, each bar once: three silver views, one gold view.
    expect(reportOf(tasks, "build_market_silver", "USD_SGD")).toMatchObject({ written: 3 * BARS });
    expect(reportOf(tasks, "build_market_gold", "USD_SGD")).toMatchObject({ written: BARS });
    expect(reportOf(tasks, "materialize_market", "USD_SGD")).toEqual({ read: 4, written: 4 });
    const online = JSON.parse((await env.ONLINE.get("online:USD_SGD")) ?? "{}");
    expect(Object.keys(online).sort()).toEqual(["market_features", "market_microstructure", "market_technical", "market_volatility"]);
    expect(online.market_features.event_time).toBe(END);
  });

  it("before a model is in Production, /predict says so", async () => {
    const { status, body } = await call("POST", "/predict", { instrument: "USD_SGD" });
    expect([status, body.code]).toEqual([503, "no_production_model"]);
  });
});

describe.skipIf(!inject("canTrain"))("training, validation and serving", () => {
  beforeAll(async () => {
    const conf = { profile: "backfill" };
    const run_id = await trigger("model_training", { window: EVERYTHING, conf, map_keys: ["USD_SGD"] });
    const { tasks } = await endOf("model_training", run_id);
    expect(states(tasks)).toEqual({
      "assemble_training_set/USD_SGD": "success",
      "train_model/USD_SGD": "success",
      "evaluate_model/USD_SGD": "success",
      "log_run/USD_SGD": "success",
      "register_staging/USD_SGD": "success",
      "trigger_validation/": "success",
    });
    const validation = await endOf("model_validation", `triggered__${run_id}`);
    expect(states(validation.tasks), JSON.stringify(validation.tasks)).toEqual({
      "load_staging/USD_SGD": "success",
      "run_backtest/USD_SGD": "success",
      "calibration_check/USD_SGD": "success",
      "feature_importance_check/USD_SGD": "success",
      "leak_check/USD_SGD": "success",
      "parity_check/USD_SGD": "success",
      "promote_to_production/USD_SGD": "success",
      "notify/": "success",
    });
  });

  it("keeps the model in the lake in MLflow's layout, with its checks and metrics in the registry", async () => {
    const { body } = await call("GET", "/api/models/fx-usdsgd-predictor");
    expect(body.versions).toHaveLength(1);
    const [version] = body.versions;
    expect(version).toMatchObject({ version: "1", current_stage: "Production" });
    expect(version.tags).toMatchObject({
      parity_check: expect.stringMatching(/^passed: equal to XGBoost bit for bit on 256 rows/),
      // The rows were built and rebuilt in this runtime, through libSQL and Parquet.
      rebuild_check: expect.stringMatching(/^passed: 512 rows rebuilt/),
      shuffle_check: expect.stringMatching(/^passed: on shuffled labels/),
      dominance_check: expect.stringMatching(/^passed/),
    });
    const history = await call("GET", "/api/models/fx-usdsgd-predictor/history");
    expect(history.body).toMatchObject({
      production: "1",
      changes: [
        { to_stage: "Production", by: { kind: "pipeline", name: "model_validation" } },
        { to_stage: "Staging", by: { kind: "pipeline", name: "model_training" } },
      ],
    });
    expect(version.metrics.oof_rows).toBeGreaterThan(1_000);
    const mlmodel = await env.LAKE.get(`${version.source}/MLmodel`);
    expect(await mlmodel?.text()).toContain("data: model.ubj");
    expect(await env.LAKE.head(`${version.source}/model.ubj`)).not.toBeNull();
  });

  it("answers live and as of the same moment alike, and logs what it served", async () => {
    const live = await firstPrediction("USD_SGD");
    expect(live.status, JSON.stringify(live.body)).toBe(200);
    expect(live.body).toMatchObject({
      instrument: "USD_SGD",
      model_version: "fx-usdsgd-predictor/1",
      event_time: toIso(END),
      target_start: toIso(END),
      target_end: toIso(END + HOUR),
      market_open: true,
    });
    const as_of = await call("POST", "/predict", { instrument: "USD_SGD", timestamp: live.body.timestamp });
    expect(as_of.body.prediction).toBe(live.body.prediction);
    const earlier = await call("POST", "/predict", { instrument: "USD_SGD", timestamp: toIso(END - 1) });
    expect(earlier.body.code).toBe("no_production_model");

    const rows = await logged([live.body.prediction_id, as_of.body.prediction_id]);
    expect(rows).toEqual([
      { prediction_id: live.body.prediction_id, prediction: live.body.prediction, as_of: null },
      { prediction_id: as_of.body.prediction_id, prediction: live.body.prediction, as_of: Date.parse(live.body.timestamp) },
    ]);
  });

  it("has features for the other instrument, but no model", async () => {
    const { status, body } = await call("POST", "/predict", { instrument: "EUR_USD" });
    expect([status, body.code]).toEqual([503, "no_production_model"]);
  });

  it("reports every component", async () => {
    const { status, body } = await call("GET", "/health");
    expect(status).toBe(200);
    expect(body.components).toMatchObject({
      libsql: { status: "ok", detail: "answers; holds real candles" },
      online_store: { status: "ok" },
      sidecar: { status: "ok", detail: expect.stringContaining("XGBoost") },
      candles: { status: "ok", detail: "2 instruments are current" },
      models: { status: "degraded", detail: "not in Production: fx-eurusd-predictor" },
    });
  });
});

describe("crons and dead letters", () => {
  it("a cron creates its run once, however often it fires, and a sweep drives it", async () => {
    const fire = (cron: string) => worker.scheduled(createScheduledController({ cron, scheduledTime: END }), env);
    await fire("0 * * * *");
    await fire("0 * * * *");
    await fire("* * * * *");
    const run_id = `scheduled__${toIso(END)}`;
    const { run } = await endOf("market_feature_pipeline", run_id);
    expect(run).toMatchObject({ run_type: "scheduled", data_interval_start: toIso(END - HOUR), state: "success" });
    const { body } = await call("GET", "/api/v2/dags/market_feature_pipeline/dagRuns");
    expect(body.total_entries).toBe(2);
  });

  it("predictions that the database never took are kept in the lake", async () => {
    const record = { prediction_id: "p-1", instrument: "USD_SGD", prediction: 0.5 };
    const message = { id: "m-1", timestamp: END, attempts: 1, body: record as never };
    await worker.queue(createMessageBatch("fx-medallion-predictions-dead", [message]), env);
    const kept = await env.LAKE.get("dead-letters/predictions/p-1.ndjson");
    expect(JSON.parse((await kept?.text()) ?? "")).toEqual(record);
  });
});

/** The isolate was asked before there was a model, and looks for one again within five seconds. */
async function firstPrediction(instrument: string) {
  for (let tries = 0; ; tries++) {
    const answer = await call("POST", "/predict", { instrument });
    if (answer.status === 200 || tries >= 20) return answer;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** The predictions of these ids, waiting for the queue's batch to reach the database. */
async function logged(ids: readonly string[]) {
  const client = createDatabase(env.SQLD_URL).$client;
  const sql = "SELECT prediction_id, prediction, as_of FROM predictions WHERE prediction_id IN (?, ?) ORDER BY as_of";
  for (let tries = 0; ; tries++) {
    const { rows } = await client.execute({ sql, args: [...ids] });
    if (rows.length === ids.length || tries >= 200) return rows.map((row) => ({ ...row }));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
