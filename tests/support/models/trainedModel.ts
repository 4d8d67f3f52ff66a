import { buildMarketGold } from "../../../functions/pipelines/market_features/buildMarketGold.ts";
import { buildNewsGold } from "../../../functions/pipelines/news_features/buildNewsGold.ts";
import { assembleTrainingSet } from "../../../functions/pipelines/training/assembleTrainingSet.ts";
import { evaluateModel } from "../../../functions/pipelines/training/evaluateModel.ts";
import { logRun } from "../../../functions/pipelines/training/logRun.ts";
import { registerStaging } from "../../../functions/pipelines/training/registerStaging.ts";
import { trainModel } from "../../../functions/pipelines/training/trainModel.ts";
import { calibrationCheck } from "../../../functions/pipelines/validation/calibrationCheck.ts";
import { featureImportanceCheck } from "../../../functions/pipelines/validation/featureImportanceCheck.ts";
import { leakCheck } from "../../../functions/pipelines/validation/leakCheck.ts";
import { loadStaging } from "../../../functions/pipelines/validation/loadStaging.ts";
import { parityCheck } from "../../../functions/pipelines/validation/parityCheck.ts";
import { promoteToProduction } from "../../../functions/pipelines/validation/promoteToProduction.ts";
import { runBacktest } from "../../../functions/pipelines/validation/runBacktest.ts";
import type { ModelPart, TrainingResult, TrainingSpec } from "../../../shared/contracts/training.ts";
import type { StepOutcome, StepReport } from "../../../shared/dag/step.ts";
import { DAY, type Instant } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { createRandom } from "../../../shared/domain/random.ts";
import type { SilverArticle } from "../../../shared/news/silverArticle.ts";
import { runSlices, stepContext } from "../engine/stepContext.ts";
import { walkUntil } from "../market/candleLines.ts";
import { createFakeTrainer, type FakeOutcome } from "../ports/fakeTrainer.ts";
import { createTestPorts, storeBars, type TestPorts } from "../ports/testPorts.ts";
import { probabilityOf, tinyModel } from "./tinyModel.ts";

export const NOON = Date.UTC(2025, 5, 25, 12);
export const ROWS = 2_200;
export const NAME = "fx-usdsgd-predictor";
const SPLIT = { feature: 0, threshold: 0, left: 0.05, right: -0.05 };

/** Any sound version that is not shown to be worse comes to Production. */
export const PROMOTES_DAILY = { challenge: { max_age_days: 0, tolerated_net_bp: 0.1 } } as const;

/** Metrics that a run has of the rows outside the rollover too. */
export const BY_HOURS = [
  "outside_rollover_accuracy_low",
  "outside_rollover_log_loss_minus_logistic_high",
  "rollover_brier",
  "outside_rollover_net_bp_high",
];

/** Out-of-fold probabilities near the base rate, and a model that predicts what the parity rows say. */
function resultOf(job_id: string, spec: TrainingSpec, parity_error: number): TrainingResult {
  const random = createRandom(4);
  const rows = spec.folds.flatMap(({ test }) => Array.from({ length: test.end - test.start }, (_, i) => test.start + i));
  return {
    job_id,
    out_of_fold: { rows, predictions: spec.seeds.map(() => rows.map(() => 0.499 + 0.002 * random())) },
    shuffled: { shuffle: spec.label_shuffle!, predictions: rows.map(() => 0.499 + 0.002 * random()) },
    splits: { out_of_fold: spec.seeds.map(() => spec.folds.map(() => 12)), model: 40 },
    parity: { rows: [0], predictions: [probabilityOf(SPLIT.left) + parity_error] },
    importance: { [spec.feature_names[0]!]: 1 },
    ...(spec.parts ? { parts: partsOf(spec.parts, parity_error) } : {}),
    library_version: "3.4.1",
    device: "cpu",
    seconds: 1,
  };
}

/** The first rows of a pool are one of each pair, in their order. */
function partsOf(parts: readonly ModelPart[], parity_error: number): TrainingResult["parts"] {
  const found = parts.map(({ name, feature_names }, row) => {
    const parity = { rows: [row], predictions: [probabilityOf(SPLIT.left) + parity_error] };
    return [name, { parity, splits: 30, importance: { [feature_names[0]!]: 1 } }];
  });
  return Object.fromEntries(found);
}

export interface Trained {
  readonly ports: TestPorts;
  readonly reports: Record<string, StepReport>;
}

const reportOf = (outcome: StepOutcome): StepReport => {
  if (outcome.kind !== "success") throw new Error(`expected a success, was ${JSON.stringify(outcome)}`);
  return outcome.report;
};

/** Runs the training pipeline's steps up to register_staging. */
export async function trained(parity_error = 0, news: readonly SilverArticle[] = [], rows = ROWS): Promise<Trained> {
  const done = await builtFeatures(["USD_SGD"], parity_error, news, rows);
  await runTraining(done, NOON, "run-1");
  return done;
}

/** What comes of a training that finds nothing wrong. */
export function soundOutcome(parity_error = 0): FakeOutcome {
  return {
    result: (job_id, spec) => resultOf(job_id, spec, parity_error),
    model: (spec, part) => tinyModel((part ?? spec).feature_names, SPLIT),
  };
}

/** Bars and features of the pairs, and a trainer of which nothing was asked. */
export async function builtFeatures(
  pairs: readonly Instrument[],
  parity_error = 0,
  news: readonly SilverArticle[] = [],
  rows = ROWS,
): Promise<Trained> {
  const trainer = createFakeTrainer(soundOutcome(parity_error));
  const ports = await createTestPorts({ now: NOON, trainer, config: { instruments: pairs, ...PROMOTES_DAILY } });
  const all = pairs.map((pair, index) => walkUntil(pair, NOON, rows, 1 + index));
  for (const bars of all) await storeBars(ports, bars);
  const window = { start: all[0]![0]!.start, end: NOON };
  for (const map_key of pairs) await runSlices(buildMarketGold, ports, { window, map_key });
  await ports.sentiments.prepareSilver(news).commit();
  for (const map_key of pairs) await runSlices(buildNewsGold, ports, { window, map_key });
  return { ports, reports: {} };
}

export async function runTraining(
  { ports, reports }: Trained,
  end: Instant,
  run_id: string,
  conf: object = {},
  map_key: string = "USD_SGD",
): Promise<void> {
  const options = { window: { start: end - DAY, end }, conf: { profile: "backfill", ...conf }, run_id, map_key, upstream: reports };
  reports["assemble_training_set"] = reportOf(await assembleTrainingSet.run(ports, stepContext(options)));
  const started = await trainModel.run(ports, stepContext(options));
  reports["train_model"] = started.kind === "reschedule" ? started.report : {};
  reports["evaluate_model"] = reportOf(await evaluateModel.run(ports, stepContext(options)));
  reports["log_run"] = reportOf(await logRun.run(ports, stepContext(options)));
  reports["register_staging"] = reportOf(await registerStaging.run(ports, stepContext(options)));
}

export async function validate(
  { ports }: Trained,
  version: string,
  end: Instant,
  conf: object = {},
  map_key: string = "USD_SGD",
): Promise<StepOutcome> {
  const upstream: Record<string, StepReport> = {};
  const options = { window: { start: end - DAY, end }, conf: { versions: { [map_key]: version }, ...conf }, map_key, upstream };
  upstream["load_staging"] = reportOf(await loadStaging.run(ports, stepContext(options)));
  for (const step of [runBacktest, calibrationCheck, featureImportanceCheck, leakCheck, parityCheck]) {
    upstream[step.name] = reportOf((await runSlices(step, ports, options)).outcome);
  }
  return promoteToProduction.run(ports, stepContext(options));
}
