import { beforeAll, describe, expect, it } from "vitest";
import { buildMarketGold } from "../../../../functions/pipelines/market_features/buildMarketGold.ts";
import { assembleSelectionSet } from "../../../../functions/pipelines/sweep/assembleSelectionSet.ts";
import { runTrials } from "../../../../functions/pipelines/sweep/runTrials.ts";
import { trainBest } from "../../../../functions/pipelines/sweep/trainBest.ts";
import { readEvaluation } from "../../../../functions/pipelines/training/readEvaluation.ts";
import type { TrainingResult, TrainingSpec } from "../../../../shared/contracts/training.ts";
import type { StepOutcome, StepReport } from "../../../../shared/dag/step.ts";
import { DAY, toIso } from "../../../../shared/domain/instant.ts";
import { modelArtifactKeys } from "../../../../shared/models/modelCard.ts";
import { runSlices, stepContext } from "../../../support/engine/stepContext.ts";
import { walkUntil } from "../../../support/market/candleLines.ts";
import { readDataset } from "../../../support/models/readDataset.ts";
import { probabilityOf, tinyModel } from "../../../support/models/tinyModel.ts";
import { NAME, NOON, runTraining, type Trained, validate } from "../../../support/models/trainedModel.ts";
import { createFakeTrainer, type FakeTrainer } from "../../../support/ports/fakeTrainer.ts";
import { createTestPorts, storeBars, type TestPorts } from "../../../support/ports/testPorts.ts";

const window = { start: NOON - DAY, end: NOON };
const HOLDOUT_DAYS = 60;
const TESTED_FROM = NOON - HOLDOUT_DAYS * DAY;
const SPLIT = { feature: 0, threshold: 0, left: 0.05, right: -0.05 };
const SWEEP = { method: "grid", params: { eta: [0.01, 0.05, 0.09] }, holdout_days: HOLDOUT_DAYS };
const CONF = { profile: "backfill", params: { rounds: 40 }, sweep: SWEEP };

/** The closer eta is to 0.05, the closer what it says is to one half. */
function resultOf(job_id: string, spec: TrainingSpec): TrainingResult {
  const rows = spec.folds.flatMap(({ test }) => Array.from({ length: test.end - test.start }, (_, i) => test.start + i));
  const said = (row: number) => 0.5 + (row % 2 ? 1 : -1) * (0.001 + 4 * Math.abs(spec.params.eta - 0.05));
  return {
    job_id,
    out_of_fold: { rows, predictions: spec.seeds.map(() => rows.map(said)) },
    ...(spec.label_shuffle ? { shuffled: { shuffle: spec.label_shuffle, predictions: rows.map(said) } } : {}),
    splits: { out_of_fold: spec.seeds.map(() => spec.folds.map(() => 12)), model: 40 },
    parity: { rows: [0], predictions: [probabilityOf(SPLIT.left)] },
    importance: { [spec.feature_names[0]!]: 1 },
    library_version: "3.4.1",
    device: "cpu",
    seconds: 1,
  };
}

describe("a sweep", () => {
  let ports: TestPorts;
  let trainer: FakeTrainer;
  let report: StepReport;
  let selection: string;

  beforeAll(async () => {
    trainer = createFakeTrainer({ result: resultOf, model: (spec) => tinyModel(spec.feature_names, SPLIT) });
    ports = await createTestPorts({ now: NOON, trainer, config: { instruments: ["USD_SGD"] } });
    const bars = walkUntil("USD_SGD", NOON, 3_400, 1);
    await storeBars(ports, bars);
    await runSlices(buildMarketGold, ports, { window: { start: bars[0]!.start, end: NOON } });
    const assembled = await assembleSelectionSet.run(ports, stepContext({ window, conf: CONF }));
    if (assembled.kind !== "success") throw new Error(JSON.stringify(assembled));
    selection = String(assembled.report["dataset"]);
    report = await trialsToEnd();
  });

  /** Every trial by a sidecar that has done what was asked when it is looked at again; the third fails. */
  async function trialsToEnd(): Promise<StepReport> {
    const upstream = { assemble_selection_set: { written: 1, dataset: selection, features: 1, views: [] } };
    let outcome: StepOutcome = await runTrials.run(ports, stepContext({ window, conf: CONF, upstream }));
    for (let slices = 0; outcome.kind !== "success" && slices < 40; slices++) {
      if (outcome.kind === "skipped") throw new Error(outcome.reason);
      const cursor = JSON.parse(JSON.stringify(outcome.cursor)) as { trial: number };
      if (cursor.trial === 3) trainer.setState("failed", { code: "training_failed", message: "out of memory" });
      else trainer.setState("succeeded");
      outcome = await runTrials.run(ports, stepContext({ window, conf: CONF, upstream, cursor }));
    }
    return outcome.kind === "success" ? outcome.report : {};
  }

  it("knows no row and no label of the part by which its best is judged", async () => {
    const { set, manifest } = await readDataset(ports, selection);
    expect(manifest.as_of).toBe(TESTED_FROM);
    expect(Math.max(...set.label_end)).toBeLessThanOrEqual(TESTED_FROM);
  });

  it("tries the profile and every combination on the same folds, and chooses by log loss", () => {
    const tried = trainer.specs.map(({ params, rounds, folds }) => ({ eta: params.eta, rounds, folds }));
    expect(tried.map(({ eta }) => eta)).toEqual([0.02, 0.01, 0.05, 0.09]);
    expect(new Set(tried.map(({ folds, rounds }) => JSON.stringify({ folds, rounds })))).toHaveLength(1);
    expect(report).toMatchObject({ trials: 4, best_trial: 2, params: { eta: 0.05 }, tested_from: toIso(TESTED_FROM) });
    expect(Number(report["best_log_loss"])).toBeLessThan(Number(report["profile_log_loss"]));
  });

  it("is a run whose children are the trials, the failed one too", async () => {
    const parent = await ports.tracking.run(String(report["parent_run_id"]));
    expect(parent).toMatchObject({ experiment: "fx-prediction-usdsgd", status: "FINISHED", params: { trials: "4", method: "grid" } });
    const rows = await ports.database.$client.execute("select run_id from runs");
    const children = [];
    for (const row of rows.rows) {
      const run = await ports.tracking.run(String(row["run_id"]));
      if (run?.tags["mlflow.parentRunId"] === parent!.run_id) children.push(run);
    }
    const byTrial = children.toSorted((a, b) => Number(a.tags["trial"]) - Number(b.tags["trial"]));
    expect(byTrial.map(({ status, params }) => [status, params["eta"]])).toEqual([
      ["FINISHED", "0.02"],
      ["FINISHED", "0.01"],
      ["FINISHED", "0.05"],
      ["FAILED", "0.09"],
    ]);
    expect(byTrial[2]!.metrics.map(({ key }) => key)).toEqual(
      expect.arrayContaining(["selection_log_loss", "selection_accuracy", "selection_rows"]),
    );
  });

  it("trains the best over all of the history, judged by what no trial knew, and counts the trials", async () => {
    await trainBest.run(ports, stepContext({ window, conf: CONF, run_id: "s1", upstream: { run_trials: report } }));
    const asked = ports.triggered.at(-1)!;
    expect(asked).toMatchObject({ dag_id: "model_training", run_id: "sweep__s1__USD_SGD", map_keys: { instrument: ["USD_SGD"] } });
    expect(asked.conf).toMatchObject({ profile: "backfill", params: { rounds: 40, eta: 0.05 }, sweep: { trials: 4 } });
    trainer.setState("succeeded");
    const done: Trained = { ports, reports: {} };
    await runTraining(done, NOON, "best", asked.conf);
    const run_id = String(done.reports["evaluate_model"]!["run_id"]);
    const { out_of_fold, dataset } = await readEvaluation(ports, run_id);
    const { set } = await readDataset(ports, dataset);
    expect(set.event_time[out_of_fold.rows[0]!]).toBeGreaterThanOrEqual(TESTED_FROM);
    expect(set.event_time[out_of_fold.rows[0]! - 1]).toBeLessThan(TESTED_FROM);
    expect(trainer.specs.at(-1)!.folds.every(({ train, test }) => set.label_end[train.end - 1]! <= set.event_time[test.start]!)).toBe(true);
    const run = (await ports.tracking.run(run_id))!;
    expect(run.tags).toMatchObject({ "mlflow.parentRunId": report["parent_run_id"], sweep_trials: "4" });
    expect(run.params["tested_from"]).toBe(toIso(TESTED_FROM));
    expect(modelArtifactKeys(run_id).root).toBe(run.artifact_uri);
    await validate(done, "1", NOON);
    expect((await ports.tracking.version(NAME, "1"))!.tags).toMatchObject({
      sweep_trials: "4",
      backtest_every_direction: expect.stringContaining("as one of 4 trials"),
    });
  });
});
