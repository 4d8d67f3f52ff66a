import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../functions/adapters/libsql/database.ts";
import { createMetricStore } from "../../functions/adapters/libsql/monitoring/metricStore.ts";
import { createPredictionLog } from "../../functions/adapters/libsql/serving/predictionLog.ts";
import { createMeter } from "../../functions/serving/meter/meter.ts";
import { createMeterWriter } from "../../functions/serving/meter/meterWriter.ts";
import type { MetricSample } from "../../shared/exposition/metricFamily.ts";
import { storeFamilies } from "../../shared/exposition/storeFamilies.ts";
import { BEYOND, PREDICTION_BOUNDS_US, TASK_BOUNDS_MS } from "../../shared/monitoring/durationBounds.ts";
import type { MetricStore } from "../../shared/ports/metricStore.ts";
import { CONTRACT_DATABASES, type ContractDatabase } from "../support/databases/contractDatabases.ts";
import { openOldStore } from "../support/databases/oldStore.ts";
import { predictionRecord } from "../support/models/predictionRecord.ts";

const ATTEMPT = `INSERT INTO task_attempts (dag_id, run_id, task_id, map_key, try_number, state, start_date)
  VALUES (?, ?, 't', '', 1, 'running', ?)`;
const END = "UPDATE task_attempts SET state = ?, end_date = ? WHERE run_id = ? AND end_date IS NULL";

async function samplesOf(store: MetricStore, name: string): Promise<readonly MetricSample[]> {
  const nothing_known = { instruments: [], dag_ids: [], routes: [] };
  return storeFamilies(await store.read(0), 0, nothing_known).find((family) => family.name === name)?.samples ?? [];
}

describe.each(CONTRACT_DATABASES)("counters on %s", (_name, open) => {
  let opened: ContractDatabase;
  let database: Database;
  let store: MetricStore;
  beforeAll(async () => {
    opened = await open();
    database = opened.database;
    store = createMetricStore(database);
  });
  afterAll(() => opened.stop());

  it("says how large the database is and that nothing waits", async () => {
    const { database_bytes, ...metrics } = await store.read(0);
    expect(database_bytes).toBeGreaterThan(4_096);
    const none = { count: 0, oldest_at: null };
    expect(metrics).toEqual({ predictions: [], tasks: [], counters: [], due_tasks: none, callbacks: none, dead_letters: none });
    await store.ping();
  });

  it("counts the log of predictions, each once, with the latencies that stand there", async () => {
    const log = createPredictionLog(database);
    const latencies = [0, ...PREDICTION_BOUNDS_US, ...PREDICTION_BOUNDS_US.map((bound) => bound + 1), 5_000_000];
    const records = latencies.map((latency_us, i) =>
      predictionRecord(`p${i}`, { latency_us, instrument: i % 2 ? "EUR_USD" : "USD_SGD", as_of: i % 3 ? null : 1, features: [1] }),
    );
    await log.append(records);
    await log.append(records.slice(0, 5));
    await log.append([predictionRecord("untimed", { features: [1] })]);
    const forecasts = [3_000, 70_000, -5_000].map((latency_us, i) => predictionRecord(`f${i}`, { latency_us, features: [1] }));
    for (const record of [...forecasts, forecasts[0]!]) await log.prepareForecast(record).commit();
    const { rows } = await database.$client.execute(
      "SELECT count(*), sum(latency_us), count(latency_us) FROM predictions WHERE source = 'user'",
    );
    const [count, sum_us, timed] = [0, 1, 2].map((column) => Number(rows[0]?.[column]));
    const counted = await samplesOf(store, "fx_predictions");
    expect(counted.reduce((sum, { value }) => sum + value, 0)).toBe(count! + forecasts.length);
    expect(counted.filter(({ labels }) => labels["source"] === "pipeline").map(({ value }) => value)).toEqual([forecasts.length]);
    expect(counted.find(({ labels }) => labels["instrument"] === "EUR_USD" && labels["about"] === "past")?.value).toBe(
      records.filter(({ instrument, as_of }) => instrument === "EUR_USD" && as_of !== null).length,
    );
    const histograms = await samplesOf(store, "fx_prediction_duration_seconds");
    const [histogram, own] = ["user", "pipeline"].map((source) => histograms.filter(({ labels }) => labels["source"] === source)) as [
      MetricSample[],
      MetricSample[],
    ];
    // What a clock that was set back made less than nothing counts as nothing.
    expect(own.find(({ suffix }) => suffix === "_sum")?.value).toBeCloseTo(0.073, 12);
    expect(own.find(({ suffix }) => suffix === "_count")?.value).toBe(forecasts.length);
    expect(own.find(({ labels }) => labels["le"] === "0.00025")?.value).toBe(1);
    expect(histogram.find(({ suffix }) => suffix === "_sum")?.value).toBeCloseTo(sum_us! / 1e6, 12);
    expect(histogram.find(({ suffix }) => suffix === "_count")?.value).toBe(timed);
    // Each bound is in its own bucket, as the triggers of the migration have them.
    for (const bound of PREDICTION_BOUNDS_US) {
      const le = histogram.find(({ labels }) => Number(labels["le"]) === bound / 1e6);
      expect(le?.value, `${bound} us`).toBe(latencies.filter((latency) => latency <= bound).length);
    }
  });

  it("adds what isolates counted, each addition once, in whatever order they come", async () => {
    const deltas = [{ name: "http_requests", labels: '{"route":"/a"}', value: 2 }];
    const add = (writer: string, sequence: number) => store.add({ writer, sequence, written_at: 0, deltas });
    await add("one", 1);
    await add("two", 1);
    await add("one", 1);
    await add("one", 2);
    await add("one", 1);
    expect((await store.read(0)).counters).toEqual([{ ...deltas[0], value: 6 }]);
    await store.add({ writer: "one", sequence: 3, written_at: 0, deltas: [{ ...deltas[0]!, labels: "{}", value: 0.5 }] });
    expect((await store.read(0)).counters).toHaveLength(2);
  });

  it("keeps counts over the end of an isolate", async () => {
    const before = (await samplesOf(store, "fx_http_request_duration_seconds")).find(({ suffix }) => suffix === "_count")?.value ?? 0;
    for (const writer of ["first", "second", "third"]) {
      const meter = createMeter();
      const slot = meter.slotOf({ path: "/predict", method: "POST", family: { name: "predict" } });
      for (let i = 0; i < 1_000; i++) meter.countAnswer(slot, 200, 0.002);
      await createMeterWriter({ meter, store, clock: { now: () => 0 }, writer, sleep: async () => {} }).flush();
    }
    const histogram = await samplesOf(store, "fx_http_request_duration_seconds");
    expect(histogram.find(({ suffix }) => suffix === "_count")?.value).toBe(before + 3_000);
    expect(histogram.find(({ suffix }) => suffix === "_sum")?.value).toBeCloseTo(6, 9);
  });

  it("counts each try of a task when it ends, by pipeline, end and duration", async () => {
    const durations = [50, ...TASK_BOUNDS_MS, 901_000];
    for (const [i, ms] of durations.entries()) {
      await database.$client.execute({ sql: ATTEMPT, args: ["news", `r${i}`, 1_000] });
      await database.$client.execute({ sql: END, args: [i === 0 ? "failed" : "success", 1_000 + ms, `r${i}`] });
      // Nothing ends twice.
      await database.$client.execute({ sql: END, args: ["failed", 9e9, `r${i}`] });
    }
    const { tasks } = await store.read(0);
    expect(tasks.map(({ bucket }) => bucket).sort((a, b) => a - b)).toEqual([100, ...TASK_BOUNDS_MS, BEYOND].sort((a, b) => a - b));
    const histogram = await samplesOf(store, "fx_task_duration_seconds");
    const sum = durations.reduce((total, ms) => total + ms, 0) / 1_000;
    expect(histogram.find(({ suffix }) => suffix === "_sum")?.value).toBeCloseTo(sum, 9);
    expect(await samplesOf(store, "fx_task_success_timestamp_seconds")).toEqual([{ labels: { dag_id: "news" }, value: 902 }]);
    // The clock was set back meanwhile: the try is counted, and its sum does not fall.
    await database.$client.execute({ sql: ATTEMPT, args: ["news", "back", 1_000] });
    await database.$client.execute({ sql: END, args: ["success", 400, "back"] });
    const after = await samplesOf(store, "fx_task_duration_seconds");
    expect(after.find(({ suffix }) => suffix === "_sum")?.value).toBeCloseTo(sum, 9);
    expect(after.find(({ suffix }) => suffix === "_count")?.value).toBe(durations.length + 1);
  });
});

it("counts what a store held before there were counters", async () => {
  const old = await openOldStore("0012_feedback");
  const insert = `INSERT INTO predictions (prediction_id, instrument, model_name, model_version, event_time, target_start, prediction,
    requested_at, as_of, features) VALUES (?, 'USD_SGD', 'm', '1', 0, 0, 0.5, 0, ?, x'')`;
  for (const [id, as_of] of [
    ["a", null],
    ["b", null],
    ["c", 5],
  ] as const)
    await old.database.$client.execute({ sql: insert, args: [id, as_of] });
  await old.database.$client.execute({ sql: ATTEMPT, args: ["news", "ended", 0] });
  await old.database.$client.execute({ sql: END, args: ["success", 700, "ended"] });
  await old.database.$client.execute({ sql: ATTEMPT, args: ["news", "open", 0] });
  await old.upgrade();
  await old.database.$client.execute({ sql: END, args: ["success", 800, "open"] });
  const { predictions, tasks } = await createMetricStore(old.database).read(0);
  const of = { instrument: "USD_SGD", source: "user", bucket: -1, latency_us: 0 };
  expect(predictions).toEqual([
    { ...of, is_past: false, answers: 2 },
    { ...of, is_past: true, answers: 1 },
  ]);
  expect(tasks).toEqual([{ dag_id: "news", state: "success", bucket: 1_000, tries: 2, duration_ms: 1_500, last_end: 800 }]);
});

it("counts what a store held of both sources anew, and goes on from there", async () => {
  const old = await openOldStore("0016_online_values");
  const insert = `INSERT INTO predictions (prediction_id, instrument, model_name, model_version, event_time, target_start, prediction,
    requested_at, as_of, features, latency_us, source) VALUES (?, 'USD_SGD', 'm', '1', 0, 0, 0.5, 0, ?, x'', ?, ?)`;
  const rows = [
    ["a", null, 300, "user"],
    ["b", null, 400, "user"],
    ["c", 5, 2_000_000, "user"],
    ["d", null, null, "user"],
    ["e", null, 7_000, "pipeline"],
    ["f", null, -4_000, "pipeline"],
  ] as const;
  for (const row of rows) await old.database.$client.execute({ sql: insert, args: [...row] });
  await old.upgrade();
  const log = createPredictionLog(old.database);
  const store = createMetricStore(old.database);
  const of = { instrument: "USD_SGD", is_past: false };
  const upgraded = [
    { ...of, source: "pipeline", bucket: 250, answers: 1, latency_us: 0 },
    { ...of, source: "pipeline", bucket: 10_000, answers: 1, latency_us: 7_000 },
    { ...of, source: "user", bucket: -1, answers: 1, latency_us: 0 },
    { ...of, source: "user", bucket: 500, answers: 2, latency_us: 700 },
    { ...of, is_past: true, source: "user", bucket: BEYOND, answers: 1, latency_us: 2_000_000 },
  ];
  expect((await store.read(0)).predictions).toEqual(upgraded);
  await log.append([predictionRecord("g", { latency_us: 500, features: [1] })]);
  await log.prepareForecast(predictionRecord("h", { latency_us: 8_000, features: [1] })).commit();
  const [first, pipeline, untimed, user, past] = upgraded;
  expect((await store.read(0)).predictions).toEqual([
    first,
    { ...pipeline, answers: 2, latency_us: 15_000 },
    untimed,
    { ...user, answers: 3, latency_us: 1_200 },
    past,
  ]);
});
