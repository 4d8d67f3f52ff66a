import { describe, expect, it } from "vitest";
import { parseTrain } from "../../../functions/local/commands/parseTrain.ts";
import { renderTraining, trainedModels } from "../../../functions/local/text/showTraining.ts";
import type { TaskInstance } from "../../../shared/contracts/dags.ts";
import { ANY_TASK } from "../../support/api/anyRecords.ts";

const parse = (values: Record<string, string | boolean | readonly string[]>, positionals: readonly string[] = []) =>
  parseTrain({ values, positionals }, import.meta.dirname);

describe("parseTrain", () => {
  it.each([
    ["nothing", {}, [], { conf: {}, instruments: null }],
    [
      "everything",
      { profile: "backfill", horizon: "5", param: ["max_depth=6", "learning_rate=0.1", "seeds=1,2"] },
      ["USD_SGD", "EUR_USD", "USD_SGD"],
      {
        conf: { profile: "backfill", horizon_bars: 5, params: { max_depth: 6, learning_rate: 0.1, seeds: [1, 2] } },
        instruments: ["EUR_USD", "USD_SGD"],
      },
    ],
    ["a pool", { pooled: true }, ["USD_SGD", "EUR_USD"], { conf: { pooled: ["EUR_USD", "USD_SGD"] }, instruments: null }],
    ["one seed", { param: ["seeds=3"] }, [], { conf: { params: { seeds: [3] } }, instruments: null }],
  ])("reads %s", (_name, values, positionals, expected) => {
    expect(parse(values, positionals)).toEqual({ ...expected, is_sweep: false });
  });

  it.each([
    [{ horizon: "3" }, [], /conf.horizon_bars: 3 is not one of 1, 5, 12, 24/],
    [{ horizon: "day" }, [], /"day" is not one of/],
    [{ profile: "weekly" }, [], /conf.profile/],
    [{ param: ["max_dept=6"] }, [], /max_dept: is no parameter/],
    [{ param: ["max_depth=99"] }, [], /conf.params.max_depth: 99/],
    [{ param: ["max_depth"] }, [], /is not NAME=VALUE/],
    [{ param: ["max_depth=six"] }, [], /"six" is no number/],
    [{ param: ["max_depth="] }, [], /"" is no number/],
    [{ param: ["eta=0.1", "eta=0.2"] }, [], /eta is given twice/],
    [{ param: ["eta=0.1,0.2"] }, [], /conf.params.eta: \[0.1,0.2\]/],
    [{ sweep: "absent.json" }, [], /absent.json is not a JSON file that can be read \(ENOENT/],
    [{ sweep: "train.test.ts" }, [], /train.test.ts is not a JSON file/],
    [{ pooled: true }, [], /--pooled: name the pairs/],
    [{ pooled: true }, ["EUR_USD"], /--pooled: name the pairs/],
    [{ pooled: true, horizon: "6" }, ["EUR_USD", "USD_SGD"], /conf.horizon_bars: 6 is not one of/],
    [{}, ["usdsgd"], /"usdsgd" is not a pair/],
  ])("refuses %o %o", (values, positionals, words) => {
    expect(() => parse(values, positionals)).toThrow(words);
  });
});

const PROMOTED = { version: "3", promoted_at: "2026-11-29T16:30:00Z", serves: true };

function task(task_id: string, change: Partial<TaskInstance>): TaskInstance {
  const times = { not_before: null, start_date: null, end_date: null, duration: null };
  const common = { ...ANY_TASK, try_number: 1, max_tries: 4, note: null, report: null, ...times };
  return { ...common, task_id, map_key: "USD_SGD", state: "success", ...change };
}

describe("what fx train shows", () => {
  const accuracy = { estimate: 0.51, low: 0.49, high: 0.53 };
  const evaluated = { run_id: "e1", skill: "none", accuracy_outside_rollover: accuracy, net_bp_outside_rollover: null };
  const training = [
    task("evaluate_model", { report: evaluated }),
    task("register_staging", { report: { name: "fx-usdsgd-predictor-h5", version: "3", run_id: "e1", written: 1 } }),
    task("assemble_training_set", { map_key: "EUR_USD", state: "skipped", note: "EUR_USD has 40 labelled rows by then" }),
    task("trigger_validation", { map_key: "" }),
  ];

  it("is a line an instrument, with what became of it", () => {
    const models = trainedModels(training, [task("promote_to_production", { report: PROMOTED })]);
    expect(models).toEqual([
      expect.objectContaining({ instrument: "EUR_USD", version: null, stage: "none", reason: "EUR_USD has 40 labelled rows by then" }),
      expect.objectContaining({ instrument: "USD_SGD", version: "3", run_id: "e1", skill: "none", accuracy, stage: "Production" }),
    ]);
    expect(renderTraining(models)).toContain("fx-usdsgd-predictor-h5/3");
  });

  it("says of one that was promoted for a past moment that it does not serve", () => {
    const report = { ...PROMOTED, serves: false, until: "2026-11-30T11:30:00Z" };
    const [, model] = trainedModels(training, [task("promote_to_production", { report })]);
    expect(model).toMatchObject({
      stage: "Archived",
      reason: expect.stringContaining("until 2026-11-30T11:30:00Z: what serves now is of later data"),
    });
  });

  it("is of a pool a line for it and for each pair that it is a version of", () => {
    const parts = { EUR_USD: { ...evaluated, run_id: "e2", skill: "statistical" }, USD_SGD: { ...evaluated, run_id: "e3" } };
    const versions = { EUR_USD: { name: "fx-eurusd-predictor", version: "8" }, USD_SGD: { name: "fx-usdsgd-predictor", version: "5" } };
    const pooled = [
      task("evaluate_model", { map_key: "pooled", report: { ...evaluated, parts } }),
      task("register_staging", { map_key: "pooled", report: { name: "fx-pooled-predictor", version: "2", parts: versions } }),
    ];
    const note = "fx-usdsgd-predictor/5 stays in Staging: champion_check failed.";
    const models = trainedModels(pooled, [
      task("promote_to_production", { map_key: "EUR_USD", report: PROMOTED }),
      task("promote_to_production", { state: "skipped", note }),
    ]);
    expect(models).toEqual([
      expect.objectContaining({ instrument: "pooled", name: "fx-pooled-predictor", version: "2", run_id: "e1", stage: "Staging" }),
      expect.objectContaining({
        instrument: "EUR_USD",
        version: "8",
        run_id: "e2",
        skill: "statistical",
        stage: "Production",
        reason: null,
      }),
      expect.objectContaining({ instrument: "USD_SGD", version: "5", run_id: "e3", stage: "Staging", reason: note }),
    ]);
  });

  it("of what failed its checks says so", () => {
    const note = "fx-usdsgd-predictor-h5/3 stays in Staging: skill_check failed.";
    const models = trainedModels(training, [task("promote_to_production", { state: "skipped", note })]);
    expect(models[1]).toMatchObject({ stage: "Staging", reason: note });
    expect(renderTraining(models)).toContain(note);
  });
});
