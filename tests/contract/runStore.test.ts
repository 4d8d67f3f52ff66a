import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createMlflowStores } from "../../functions/adapters/libsql/tracking/mlflowStores.ts";
import { createTracking } from "../../functions/adapters/libsql/tracking/tracking.ts";
import { parseFilter } from "../../shared/mlflow/filter/parseFilter.ts";
import { parseOrderBy } from "../../shared/mlflow/filter/parseOrderBy.ts";
import { EXPERIMENT_RULES, RUN_RULES } from "../../shared/mlflow/filter/searchRules.ts";
import type { MlflowStores } from "../../shared/ports/mlflowStores.ts";
import type { RunEntries, RunInfo } from "../../shared/ports/runStore.ts";
import { CONTRACT_DATABASES, type ContractDatabase } from "../support/databases/contractDatabases.ts";

const NOTHING: RunEntries = { metrics: [], params: [], tags: [] };
const point = (key: string, value: number, step = 0, timestamp = 1_000) => ({ key, value, step, timestamp });
const infoOf = (run_id: string, start_time: number): RunInfo => ({
  run_id,
  experiment_id: "1",
  run_name: `name of ${run_id}`,
  user_id: "ann",
  status: "RUNNING",
  start_time,
  end_time: null,
  artifact_uri: `mlflow-artifacts:/1/${run_id}/artifacts`,
  lifecycle_stage: "active",
});

describe.each(CONTRACT_DATABASES)("experiments and runs in libSQL: %s", (_name, open) => {
  let store: ContractDatabase;
  let stores: Omit<MlflowStores, "artifacts">;
  beforeAll(async () => {
    store = await open();
    stores = createMlflowStores(store.database);
  });
  afterAll(() => store.stop());
  beforeEach(async () => {
    const tables = ["run_models", "run_datasets", "run_tags", "run_params", "latest_metrics", "run_metrics", "runs", "experiment_tags"];
    for (const table of tables) await store.database.$client.execute(`DELETE FROM ${table}`);
    await store.database.$client.execute("DELETE FROM experiments WHERE experiment_id <> 0");
    await store.database.$client.execute("DELETE FROM sqlite_sequence WHERE name = 'experiments'");
    await stores.experiments.create({ name: "first", artifact_location: null, tags: [{ key: "team", value: "fx" }], at: 10 });
  });

  const make = (run_id: string, start_time: number, entries: Partial<RunEntries> = {}) =>
    stores.runs.create({ info: infoOf(run_id, start_time), tags: [] }).then(() => stores.runs.log(run_id, { ...NOTHING, ...entries }));
  const find = async (filter: string, order_by: readonly string[] = [], limit = 100, offset = 0) => {
    const found = await stores.runs.search({
      experiment_ids: ["1"],
      stages: ["active"],
      conditions: parseFilter(filter, RUN_RULES),
      orders: parseOrderBy(order_by, RUN_RULES),
      page: { limit, offset },
    });
    return found.map(({ info }) => info.run_id);
  };

  it("an experiment 0 is there, and a name is given once", async () => {
    expect(await stores.experiments.get("0")).toMatchObject({ name: "Default", artifact_location: "mlflow-artifacts:/0" });
    expect(
      await stores.experiments.create({ name: "first", artifact_location: null, tags: [{ key: "a", value: "b" }], at: 11 }),
    ).toBeNull();
    expect(await stores.experiments.named("first")).toEqual({
      experiment_id: "1",
      name: "first",
      artifact_location: "mlflow-artifacts:/1",
      lifecycle_stage: "active",
      creation_time: 10,
      last_update_time: 10,
      tags: [{ key: "team", value: "fx" }],
    });
    const second = await stores.experiments.create({ name: "second", artifact_location: "s3://x", tags: [], at: 11 });
    expect(await stores.experiments.rename("1", "second", 12)).toBe(false);
    expect(await stores.experiments.rename("1", "third", 12)).toBe(true);
    expect(await stores.experiments.get(second!)).toMatchObject({ artifact_location: "s3://x" });
  });

  it("experiments are searched by name, times and tags", async () => {
    for (const name of ["alpha", "Alpha 2", "beta"]) await stores.experiments.create({ name, artifact_location: null, tags: [], at: 20 });
    const search = async (filter: string, order_by: readonly string[] = []) => {
      const [conditions, orders] = [parseFilter(filter, EXPERIMENT_RULES), parseOrderBy(order_by, EXPERIMENT_RULES)];
      const found = await stores.experiments.search({ stages: ["active"], conditions, orders, page: { limit: 10, offset: 0 } });
      return found.map(({ name }) => name);
    };
    expect(await search("name LIKE 'alpha%'")).toEqual(["alpha"]);
    expect(await search("name ILIKE 'alpha%'", ["name DESC"])).toEqual(["alpha", "Alpha 2"]);
    expect(await search("tags.team = 'fx'")).toEqual(["first"]);
    expect(await search("tags.team IS NULL AND creation_time = 20", ["experiment_id"])).toEqual(["alpha", "Alpha 2", "beta"]);
    expect(await search("experiment_id IN ('1', '2')", ["last_update_time"])).toEqual(["first", "alpha"]);
  });

  it("a metric has every point once, and the latest by step, time and value", async () => {
    await make("r1", 1, { metrics: [point("m", 1), point("m", 2), point("m", 2), point("m", 3, 5, 900)] });
    await stores.runs.log("r1", {
      ...NOTHING,
      metrics: [point("m", 9, 0, 99_999), point("n", Number.NaN), point("i", Number.NEGATIVE_INFINITY)],
    });
    const points = await stores.runs.history({ run_ids: ["r1"], key: "m", page: { limit: 10, offset: 0 } });
    expect(points.map(({ step, value }) => [step, value])).toEqual([
      [5, 3],
      [0, 1],
      [0, 2],
      [0, 9],
    ]);
    expect((await stores.runs.get("r1"))?.metrics).toEqual([
      point("i", Number.NEGATIVE_INFINITY),
      point("m", 3, 5, 900),
      point("n", Number.NaN),
    ]);
    await stores.runs.log("r1", { ...NOTHING, metrics: [point("m", 2.5, 5, 900), point("m", 7, 5, 901)] });
    expect((await stores.runs.get("r1"))?.metrics[1]).toEqual(point("m", 7, 5, 901));
    expect(await stores.runs.metricSteps(["r1"], "m")).toEqual({ all: [0, 5], ends: [0, 5] });
    expect(await stores.runs.metricSteps(["r1"], "m", 1, 9)).toEqual({ all: [5], ends: [5, 5] });
  });

  it("takes a batch of MLflow's size", async () => {
    const metrics = Array.from({ length: 1_000 }, (_, step) => point("m", step / 7, step));
    await make("r1", 1, { metrics });
    const read = await stores.runs.history({ run_ids: ["r1"], key: "m", page: { limit: 5_000, offset: 0 } });
    expect(read.map(({ value }) => value)).toEqual(metrics.map(({ value }) => value));
  });

  it("a parameter keeps its value, and nothing of a batch that would change one is written", async () => {
    await make("r1", 1, { params: [{ key: "eta", value: "0.1" }] });
    await stores.runs.log("r1", { ...NOTHING, params: [{ key: "eta", value: "0.1" }] });
    const batch = {
      params: [
        { key: "eta", value: "0.2" },
        { key: "new", value: "1" },
      ],
      metrics: [point("m", 1)],
      tags: [{ key: "t", value: "1" }],
    };
    await expect(stores.runs.log("r1", batch)).rejects.toMatchObject({ status: 400, message: expect.stringContaining("'0.1'") });
    expect(await stores.runs.get("r1")).toMatchObject({ params: [{ key: "eta", value: "0.1" }], metrics: [], tags: [] });
  });

  it("logs to no run that is deleted or absent", async () => {
    await make("r1", 1);
    await stores.runs.setStage("r1", "deleted", 5);
    const entries = { ...NOTHING, metrics: [point("m", 1)], tags: [{ key: "a", value: "b" }] };
    await expect(stores.runs.log("r1", entries)).rejects.toMatchObject({ status: 400 });
    await expect(stores.runs.update("r1", { status: "FAILED" })).rejects.toMatchObject({ status: 400 });
    await expect(stores.runs.log("r9", entries)).rejects.toMatchObject({ status: 404 });
    expect(await stores.runs.get("r1")).toMatchObject({ metrics: [], tags: [], info: { status: "RUNNING", lifecycle_stage: "deleted" } });
    expect(await stores.runs.setStage("r9", "deleted", 5)).toBe(false);
  });

  it("has a run's name as a tag, too", async () => {
    await make("r1", 1);
    await stores.runs.update("r1", { status: "FINISHED", end_time: 9, run_name: "b" });
    expect(await stores.runs.get("r1")).toMatchObject({ info: { run_name: "b", status: "FINISHED", end_time: 9 }, tags: [{ value: "b" }] });
    await stores.runs.log("r1", { ...NOTHING, tags: [{ key: "mlflow.runName", value: "c" }] });
    expect((await stores.runs.info("r1"))?.run_name).toBe("c");
    expect([await stores.runs.deleteTag("r1", "mlflow.runName"), await stores.runs.deleteTag("r1", "x")]).toEqual([true, false]);
  });

  it("keeps data sets and models of a run", async () => {
    await make("r1", 1);
    const dataset = { name: "d", digest: "1", source_type: "local", source: "s", schema: "{}", profile: null };
    const tags = [{ key: "mlflow.data.context", value: "train" }];
    await stores.runs.addInputs("r1", [{ ...dataset, tags }], [{ model_id: "m-1", step: 0 }]);
    await stores.runs.addInputs("r1", [{ ...dataset, source: "other", tags: [] }], []);
    await stores.runs.addOutputs("r1", [{ model_id: "m-2", step: 4 }]);
    expect(await stores.runs.get("r1")).toMatchObject({
      datasets: [{ ...dataset, tags }],
      model_inputs: [{ model_id: "m-1" }],
      model_outputs: [{ model_id: "m-2", step: 4 }],
    });
    expect(await stores.runs.usedDatasets(["1"], 9)).toEqual([{ experiment_id: "1", name: "d", digest: "1", context: "train" }]);
    expect(await find("dataset.name = 'd' AND dataset.context LIKE 'tr%'")).toEqual(["r1"]);
    expect(await find("dataset.digest IN ('2')")).toEqual([]);
  });

  describe("a search", () => {
    beforeEach(async () => {
      await make("five", 5, { metrics: [point("m", 5)], params: [{ key: "p", value: "Abc" }], tags: [{ key: "t", value: "x" }] });
      await make("high", 4, { metrics: [point("m", Number.MAX_VALUE)], params: [{ key: "p", value: "abc" }] });
      await make("low", 3, { metrics: [point("m", -Number.MAX_VALUE)], tags: [{ key: "t", value: "50%" }] });
      await make("none", 2, { metrics: [point("other", 1)] });
      await make("nan", 1, { metrics: [point("m", Number.NaN)], tags: [{ key: "t", value: "a*b" }] });
    });

    it.each<[string, string[]]>([
      ["metrics.m > 0", ["five", "high"]],
      ["metrics.m < 0", ["low"]],
      ["metrics.m != 5", ["high", "low", "nan"]],
      ["metrics.m = 5", ["five"]],
      ["params.p LIKE 'A%'", ["five"]],
      ["params.p ILIKE 'A_c'", ["five", "high"]],
      ["params.p != 'abc'", ["five"]],
      ["params.p IS NULL", ["low", "none", "nan"]],
      ["tags.t IS NOT NULL", ["five", "low", "nan"]],
      ["tags.t LIKE 'a*b'", ["nan"]],
      ["tags.t LIKE 'a*_'", ["nan"]],
      ["tags.t = 'x' AND metrics.m >= 5", ["five"]],
      ["start_time >= 4", ["five", "high"]],
      ["run_id IN ('low', 'none', 'absent')", ["low", "none"]],
      ["run_id NOT IN ('low', 'none')", ["five", "high", "nan"]],
      ["attributes.run_name = 'name of low'", ["low"]],
      ["status = 'RUNNING' AND user_id = 'ann' AND end_time > 0", []],
      ["tags.`'; DROP TABLE runs; --` = 'x'", []],
    ])("%s", async (filter, expected) => {
      expect(await find(filter)).toEqual(expected);
    });

    it.each<[string[], string[]]>([
      [[], ["five", "high", "low", "none", "nan"]],
      [["metrics.m DESC"], ["high", "five", "low", "nan", "none"]],
      [["metrics.m ASC"], ["low", "five", "high", "nan", "none"]],
      [["start_time"], ["nan", "none", "low", "high", "five"]],
      [["params.p"], ["five", "high", "low", "none", "nan"]],
      [
        ["tags.t DESC", "run_id"],
        ["five", "nan", "low", "high", "none"],
      ],
    ])("ordered by %j", async (order_by, expected) => {
      expect(await find("", order_by)).toEqual(expected);
    });

    it("gives one row more than a page", async () => {
      expect(await find("", [], 2, 1)).toEqual(["high", "low", "none"]);
    });
  });

  it("a run that training logs is one of them, and its points of a moment are replaced", async () => {
    const tracking = createTracking(store.database, { now: () => 7 });
    const run = {
      run_id: "a".repeat(32),
      experiment: "direction",
      run_name: "n",
      status: "FINISHED",
      start_time: 3,
      end_time: 4,
      artifact_uri: `models/${"a".repeat(32)}/artifacts`,
      params: { eta: "0.1" },
      metrics: [point("auc", 0.5), point("seed", 1, 1), point("seed", 2, 2)],
      tags: { instrument: "USD_SGD" },
    } as const;
    await tracking.logRun(run);
    await tracking.logRun({ ...run, metrics: [point("auc", 0.4), point("seed", 0.5, 2)] });
    const { experiment_id } = (await stores.experiments.named("direction"))!;
    const [found] = await stores.runs.search({
      experiment_ids: [experiment_id],
      stages: ["active"],
      conditions: parseFilter("metrics.auc < 0.45 AND params.eta = '0.1'", RUN_RULES),
      orders: [],
      page: { limit: 5, offset: 0 },
    });
    expect(found).toMatchObject({
      info: { run_id: run.run_id, status: "FINISHED", user_id: "" },
      metrics: [point("auc", 0.4), point("seed", 0.5, 2)],
      tags: [{ key: "instrument", value: "USD_SGD" }],
    });
  });
});
