import { z } from "zod";
import { NO_CALIBRATOR } from "../../../shared/calibration/calibrator.ts";
import type { TrainingResult, TrainingSpec } from "../../../shared/contracts/training.ts";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import { sha256Hex } from "../../../shared/domain/hash.ts";
import { poolOf, withInstrumentView } from "../../../shared/features/instrumentView.ts";
import { featureSetHash, viewsOf } from "../../../shared/features/modelFeatures.ts";
import { referenceOf } from "../../../shared/features/viewSchema.ts";
import { modelViews } from "../../../shared/features/views.ts";
import type { Evaluation } from "../../../shared/models/evaluation.ts";
import { type ModelCard, modelArtifactKeys } from "../../../shared/models/modelCard.ts";
import { modelClaimSchema } from "../../../shared/models/modelClaim.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import { sealModelCard } from "../../../shared/models/modelSeal.ts";
import { compareParity, type ParityResult } from "../../../shared/models/parity.ts";
import { parseTreeEnsemble } from "../../../shared/models/parseTreeEnsemble.ts";
import { type TrainingProfile, trainingProfileOf } from "../../../shared/models/trainingProfile.ts";
import { predictProbability } from "../../../shared/models/treeEnsemble.ts";
import { judgeTraining } from "../../../shared/validation/judgeTraining.ts";
import type { Ports } from "../ports.ts";
import { assembleTrainingSet } from "./assembleTrainingSet.ts";
import { picturesOf, writeModelArtifacts } from "./modelArtifacts.ts";
import { type Dataset, withDataset } from "./readDataset.ts";
import { writeTrainingRecord } from "./trainingRecord.ts";
import { trainingSpecOf } from "./trainingSpecOf.ts";
import { trainModel } from "./trainModel.ts";

/** Where the model is, and what people read of it first; the whole evaluation lies in the lake. */
const reportSchema = z.strictObject({
  run_id: z.string(),
  job_id: z.string(),
  rows: z.int(),
  accuracy: modelClaimSchema.shape.accuracy,
  auc: z.number().nullable(),
  log_loss: z.number().nullable(),
  majority_log_loss: z.number().nullable(),
  skill: modelClaimSchema.shape.skill,
  accuracy_outside_rollover: modelClaimSchema.shape.accuracy,
  net_bp_outside_rollover: modelClaimSchema.shape.net_bp,
  top_feature: z.string().nullable(),
});

/**
 * Fetches the job's result, judges the out-of-fold predictions beside the baselines, checks this project's evaluator
 * against XGBoost on the parity rows, and writes model, card and evaluation to the lake in MLflow's layout.
 */
export const evaluateModel = defineStep({
  name: "evaluate_model",
  reads: { assembleTrainingSet, trainModel },
  report: reportSchema,
  run: async (ports: Ports, { reads, conf, run_id: pipeline_run_id, map_key }) => {
    const { job_id } = reads.trainModel;
    const profile = trainingProfileOf(conf);
    const [result, json, ubj] = await Promise.all([
      ports.trainer.result(job_id),
      ports.trainer.model(job_id, "json"),
      ports.trainer.model(job_id, "ubj"),
    ]);
    const run_id = sha256Hex(`${pipeline_run_id}/${map_key}/${job_id}`).slice(0, 32);
    const judged = await withDataset(ports, reads.assembleTrainingSet.dataset, (dataset) => {
      const spec = trainingSpecOf(dataset, profile, ports.config.training_device);
      const evaluation = evaluate(dataset, spec, result, json, { run_id, profile });
      return { spec, evaluation, card: cardOf(ports, dataset, result, evaluation), pictures: picturesOf(dataset.set, evaluation) };
    });
    await writeArtifacts(ports, { ...judged, json, ubj, result });
    await writeTrainingRecord(ports, run_id, { spec: judged.spec, json, ubj, result });
    const views = withInstrumentView(modelViews(ports.config), judged.card.feature_names);
    await writeModelArtifacts(ports, { ...judged, json, views }, judged.pictures);
    return { kind: "success", report: { run_id, job_id, ...summary(judged.evaluation) } };
  },
});

function evaluate(
  dataset: Dataset,
  spec: TrainingSpec,
  result: TrainingResult,
  model: Uint8Array,
  { run_id, profile }: { run_id: string; profile: TrainingProfile },
): Evaluation {
  const { set, manifest } = dataset;
  const { folds, seeds } = spec;
  const { predictions, raw_predictions, ...judged } = judgeTraining({ set, folds, seeds, result, horizon_bars: profile.horizon_bars });
  return {
    run_id,
    model_name: modelNameOf(manifest.instrument, profile.horizon_bars),
    instrument: manifest.instrument,
    horizon_bars: profile.horizon_bars,
    dataset: manifest.sha256,
    profile: profile.name,
    hours: judged.hours,
    breakdown: [...judged.breakdown],
    claim: judged.claim,
    seeds: [...judged.seeds],
    folds: judged.folds.map((fold) => ({ ...fold, splits: [...fold.splits] })),
    model_splits: result.splits.model,
    model_rounds: result.rounds?.model ?? null,
    out_of_fold: { rows: result.out_of_fold.rows, predictions: [...predictions], raw_predictions: [...raw_predictions] },
    calibration: judged.calibration,
    importance: result.importance,
    parity: checkParity(dataset, result, model),
  };
}

function checkParity({ set }: Dataset, { parity }: TrainingResult, model: Uint8Array): ParityResult {
  const trees = parseTreeEnsemble(model, set.feature_names);
  const own = parity.rows.map((row) =>
    predictProbability(
      trees,
      Float32Array.from(set.features, (column) => column[row]!),
    ),
  );
  return compareParity(parity.predictions, own);
}

function cardOf(ports: Ports, { manifest, set }: Dataset, result: TrainingResult, evaluation: Evaluation): ModelCard {
  const views = viewsOf(withInstrumentView(modelViews(ports.config), set.feature_names), set.feature_names);
  const pairs = poolOf(set.feature_names);
  return {
    name: evaluation.model_name,
    instrument: manifest.instrument,
    ...(pairs.length === 0 ? {} : { pairs: [...pairs] }),
    run_id: evaluation.run_id,
    views: views.map(referenceOf),
    feature_names: [...set.feature_names],
    feature_set_hash: featureSetHash(views, set.feature_names),
    horizon_bars: evaluation.horizon_bars,
    dataset: manifest.sha256,
    trained_until: manifest.as_of,
    library_version: result.library_version,
    seeds: evaluation.seeds.map(({ seed }) => seed),
    calibration: evaluation.calibration?.calibrator ?? NO_CALIBRATOR,
    return_interval: evaluation.calibration?.return_interval ?? null,
    format: "xgboost",
    origin: "here",
    ...evaluation.claim,
  };
}

interface Artifacts {
  readonly evaluation: Evaluation;
  readonly card: ModelCard;
  readonly json: Uint8Array;
  readonly ubj: Uint8Array;
  readonly result: TrainingResult;
}

async function writeArtifacts(ports: Ports, { evaluation, card, json, ubj, result }: Artifacts): Promise<void> {
  const keys = modelArtifactKeys(evaluation.run_id);
  await Promise.all([
    ports.lake.putOnce(keys.json, json, "application/json"),
    ports.lake.putOnce(keys.ubj, ubj, "application/octet-stream"),
    ports.lake.putOnce(keys.card, sealModelCard(card, json), "application/json"),
    ports.lake.putOnce(keys.calibration, JSON.stringify(evaluation.calibration), "application/json"),
    ports.lake.putOnce(keys.evaluation, JSON.stringify(evaluation), "application/json"),
    ports.lake.putOnce(keys.training_result, JSON.stringify(result), "application/json"),
  ]);
}

function summary({ hours, claim, importance }: Evaluation) {
  const { compared } = hours.all;
  const [top_feature] = Object.entries(importance).sort(([, a], [, b]) => b - a)[0] ?? [null];
  return {
    rows: compared.model.n,
    accuracy: compared.model.accuracy,
    auc: compared.model.auc?.estimate ?? null,
    log_loss: compared.model.log_loss?.estimate ?? null,
    majority_log_loss: compared.majority.log_loss?.estimate ?? null,
    skill: claim.skill,
    accuracy_outside_rollover: claim.accuracy,
    net_bp_outside_rollover: claim.net_bp,
    top_feature,
  };
}
