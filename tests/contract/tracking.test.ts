import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTracking } from "../../functions/adapters/libsql/tracking/tracking.ts";
import type { LoggedRun, Tracking } from "../../shared/ports/tracking.ts";
import { GATE } from "../support/api/actors.ts";
import { dropHistoryGuards } from "../support/databases/dropHistoryGuards.ts";
import { type SqldProcess, startSqld } from "../support/databases/sqldProcess.ts";

const MODEL = "fx-usdsgd-predictor";

let sqld: SqldProcess;
let tracking: Tracking;
const now = 7;

beforeAll(async () => {
  sqld = await startSqld();
  await dropHistoryGuards(sqld.database);
  tracking = createTracking(sqld.database, { now: () => now });
});
afterAll(() => sqld.stop());
beforeEach(async () => {
  const tables = [
    "store_facts",
    "model_transitions",
    "model_version_tags",
    "model_versions",
    "registered_models",
    "run_metrics",
    "run_params",
    "run_tags",
    "runs",
  ];
  for (const table of [...tables, "datasets"]) await sqld.database.$client.execute(`DELETE FROM ${table}`);
});

const RUN: LoggedRun = {
  run_id: "a".repeat(32),
  experiment: "fx-usdsgd-predictor",
  run_name: "2025-06-27",
  status: "RUNNING",
  start_time: 1_000,
  end_time: null,
  artifact_uri: "mlflow-artifacts:/1/a/artifacts",
  params: { eta: "0.05", max_depth: "3" },
  metrics: [
    { key: "auc", value: 0.5123456789012345, timestamp: 1_000, step: 0 },
    { key: "auc", value: 0.6, timestamp: 1_001, step: 1 },
    { key: "broken", value: Number.NaN, timestamp: 1_000, step: 0 },
    { key: "worst", value: Number.NEGATIVE_INFINITY, timestamp: 1_000, step: 0 },
  ],
  tags: { instrument: "USD_SGD" },
};

describe("tracking: datasets and runs", () => {
  it("keeps a dataset's manifest", async () => {
    const manifest = {
      sha256: "f".repeat(64),
      key: "datasets/f.parquet",
      instrument: "USD_SGD",
      rows: 10,
      first_event_time: 1,
      last_event_time: 2,
      as_of: 3,
      recorded_until: 4,
      feature_set_hash: "h",
      feature_names: ["rsi_14", "vol_20"],
    };
    await tracking.addDataset(manifest);
    await tracking.addDataset(manifest);
    expect(await tracking.dataset(manifest.sha256)).toEqual(manifest);
    expect(await tracking.dataset("0".repeat(64))).toBeNull();
  });

  it("gives a run back whole, special numbers too", async () => {
    await tracking.logRun(RUN);
    await tracking.logRun(RUN);
    expect(await tracking.run(RUN.run_id)).toEqual(RUN);
    expect(await tracking.run("b".repeat(32))).toBeNull();
  });

  it("updates a run, and keeps what a later call does not name", async () => {
    await tracking.logRun(RUN);
    const metric = { key: "auc", value: 0.7, timestamp: 1_001, step: 1 };
    await tracking.logRun({ ...RUN, status: "FINISHED", end_time: 2_000, params: {}, metrics: [metric], tags: { note: "done" } });
    const read = await tracking.run(RUN.run_id);
    expect(read).toMatchObject({ status: "FINISHED", end_time: 2_000, params: RUN.params, tags: { instrument: "USD_SGD", note: "done" } });
    expect(read?.metrics.filter((one) => one.key === "auc").map((one) => one.value)).toEqual([0.5123456789012345, 0.7]);
  });

  it("makes an experiment once, with its id in its location", async () => {
    await tracking.logRun(RUN);
    await tracking.logRun({ ...RUN, run_id: "b".repeat(32) });
    const { rows } = await sqld.database.$client.execute({
      sql: "SELECT experiment_id, artifact_location FROM experiments WHERE name = ?",
      args: [RUN.experiment],
    });
    expect(rows.map((row) => row["artifact_location"])).toEqual([`mlflow-artifacts:/${rows[0]?.["experiment_id"]}`]);
  });
});

describe("tracking: versions", () => {
  it("numbers versions by name; a run keeps its own", async () => {
    const first = await tracking.registerVersion(MODEL, "r1", "models/r1", 10);
    expect(first).toEqual({
      name: MODEL,
      version: "1",
      run_id: "r1",
      source: "models/r1",
      current_stage: "None",
      creation_timestamp: 10,
      last_updated_timestamp: 10,
      recorded_at: 7,
      tags: {},
    });
    expect((await tracking.registerVersion(MODEL, "r2", "models/r2", 20)).version).toBe("2");
    expect(await tracking.registerVersion(MODEL, "r1", "elsewhere", 30)).toEqual(first);
    expect((await tracking.registerVersion("other", "r1", "models/r1", 40)).version).toBe("1");
    expect((await tracking.versions(MODEL)).map((one) => one.version)).toEqual(["1", "2"]);
    const { rows } = await sqld.database.$client.execute("SELECT name, last_updated_timestamp FROM registered_models ORDER BY name");
    expect(rows.map((row) => row[1])).toEqual([20, 40]);
  });

  it("gives no two registrations one number", async () => {
    const made = await Promise.all(Array.from({ length: 8 }, (_, i) => tracking.registerVersion(MODEL, `r${i}`, "s", i)));
    expect(made.map((one) => Number(one.version)).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("tags a version", async () => {
    await tracking.registerVersion(MODEL, "r1", "s", 1);
    await tracking.setVersionTags(MODEL, "1", { checks: "failed", reason: "auc" });
    await tracking.setVersionTags(MODEL, "1", { checks: "passed" });
    await tracking.setVersionTags(MODEL, "1", {});
    expect((await tracking.version(MODEL, "1"))?.tags).toEqual({ checks: "passed", reason: "auc" });
    await expect(tracking.setVersionTags(MODEL, "2", {})).rejects.toMatchObject({ code: "not_found", status: 404 });
  });

  it.each(["0", "01", "1.0", "latest", "", "9".repeat(30)])("finds no version %j", async (version) => {
    await tracking.registerVersion(MODEL, "r1", "s", 1);
    expect(await tracking.version(MODEL, version)).toBeNull();
  });
});

describe("tracking: stages", () => {
  beforeEach(async () => {
    for (const run of ["r1", "r2", "r3"]) await tracking.registerVersion(MODEL, run, "s", 1);
  });

  const at = async (as_of: number) => (await tracking.productionAt(MODEL, as_of))?.version ?? null;

  it("moves a version, archives the one that was there, and records each move", async () => {
    await tracking.transition(MODEL, "1", "Staging", 5, "registered", GATE);
    expect(await tracking.transition(MODEL, "1", "Production", 10, "checks passed", GATE)).toMatchObject({
      current_stage: "Production",
      last_updated_timestamp: 10,
    });
    await tracking.transition(MODEL, "2", "Production", 20, "better", GATE);
    expect((await tracking.versions(MODEL)).map((one) => one.current_stage)).toEqual(["Archived", "Production", "None"]);
    const move = { name: MODEL, recorded_at: expect.any(Number), by: GATE };
    expect(await tracking.transitions(MODEL)).toEqual([
      { ...move, version: "1", from_stage: "None", to_stage: "Staging", effective_at: 5, reason: "registered" },
      { ...move, version: "1", from_stage: "Staging", to_stage: "Production", effective_at: 10, reason: "checks passed" },
      { ...move, version: "1", from_stage: "Production", to_stage: "Archived", effective_at: 20, reason: "replaced by version 2: better" },
      { ...move, version: "2", from_stage: "None", to_stage: "Production", effective_at: 20, reason: "better" },
    ]);
  });

  it("records nothing when the version is there already", async () => {
    await tracking.transition(MODEL, "1", "Production", 10, "a", GATE);
    await tracking.transition(MODEL, "1", "Production", 11, "again", GATE);
    expect(await tracking.transitions(MODEL)).toHaveLength(1);
  });

  it("lets several versions be archived, and leaves other models alone", async () => {
    await tracking.registerVersion("other", "r9", "s", 1);
    await tracking.transition("other", "1", "Production", 10, "a", GATE);
    for (const version of ["1", "2"]) await tracking.transition(MODEL, version, "Archived", 10, "old", GATE);
    await tracking.transition(MODEL, "3", "Production", 11, "new", GATE);
    expect((await tracking.versions(MODEL)).map((one) => one.current_stage)).toEqual(["Archived", "Archived", "Production"]);
    expect((await tracking.version("other", "1"))?.current_stage).toBe("Production");
  });

  it("says which version was in Production when, through roll back and withdrawal", async () => {
    await tracking.transition(MODEL, "1", "Production", 10, "first", GATE);
    await tracking.transition(MODEL, "2", "Production", 20, "second", GATE);
    await tracking.transition(MODEL, "1", "Production", 30, "roll back", GATE);
    await tracking.transition(MODEL, "1", "Archived", 40, "withdrawn", GATE);
    const answers = await Promise.all([9, 10, 19, 20, 29, 30, 39, 40, 50].map(at));
    expect(answers).toEqual([null, "1", "1", "2", "2", "1", "1", null, null]);
    expect(await tracking.productionAt("nobody", 50)).toBeNull();
  });

  it("says in one question what is in Production now, of names of now and of before", async () => {
    await tracking.registerVersion("other", "r9", "s", 1);
    const now = async () => (await tracking.inProduction([MODEL, "other", "nobody"])).map((one) => one?.version ?? null);
    expect(await now()).toEqual([null, null, null]);
    await tracking.transition(MODEL, "2", "Production", 10, "first", GATE);
    await tracking.transition("other", "1", "Production", 20, "first", GATE);
    expect(await now()).toEqual(["2", "1", null]);
    await tracking.transition(MODEL, "1", "Production", 30, "roll back", GATE);
    const [found] = await tracking.inProduction([MODEL]);
    const { name, version, run_id, source, last_updated_timestamp } = (await tracking.version(MODEL, "1"))!;
    expect(found).toEqual({ name, version, run_id, source, last_updated_timestamp });
    expect(last_updated_timestamp).toBe(30);
    await tracking.transition(MODEL, "1", "Archived", 40, "withdrawn", GATE);
    expect(await now()).toEqual([null, "1", null]);
    expect(await tracking.inProduction([])).toEqual([]);
  });

  it("places a promotion made later for an earlier time where it belongs", async () => {
    await tracking.transition(MODEL, "1", "Production", 30, "live", GATE);
    await tracking.transition(MODEL, "2", "Production", 10, "backfilled", GATE);
    expect(await Promise.all([9, 10, 29, 30, 40].map(at))).toEqual([null, "2", "2", "1", "1"]);
  });

  it("refuses a version that does not exist", async () => {
    await expect(tracking.transition(MODEL, "9", "Production", 1, "x", GATE)).rejects.toMatchObject({ code: "not_found" });
  });
});
