import { NO_CALIBRATOR } from "../../../shared/calibration/calibrator.ts";
import type { TrainingResult, TrainingSpec } from "../../../shared/contracts/training.ts";
import { poolOf, withInstrumentView } from "../../../shared/features/instrumentView.ts";
import { featureSetHash, viewsOf } from "../../../shared/features/modelFeatures.ts";
import { referenceOf } from "../../../shared/features/viewSchema.ts";
import { modelViews } from "../../../shared/features/views.ts";
import type { Evaluation } from "../../../shared/models/evaluation.ts";
import { type ModelCard, modelArtifactKeys } from "../../../shared/models/modelCard.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import { sealModelCard } from "../../../shared/models/modelSeal.ts";
import { compareParity, type ParityResult } from "../../../shared/models/parity.ts";
import { parseTreeEnsemble } from "../../../shared/models/parseTreeEnsemble.ts";
import type { TrainedPart } from "../../../shared/models/partOfTraining.ts";
import type { TrainingProfile } from "../../../shared/models/trainingProfile.ts";
import { predictProbability } from "../../../shared/models/treeEnsemble.ts";
import { judgeTraining } from "../../../shared/validation/judgeTraining.ts";
import type { Ports } from "../ports.ts";
import { picturesOf, writeModelArtifacts } from "./modelArtifacts.ts";
import type { Dataset } from "./readDataset.ts";
import { writeTrainingRecord } from "./trainingRecord.ts";

/** A model that was trained, of which nothing is written yet. */
export interface ModelToKeep {
  readonly run_id: string;
  readonly profile: TrainingProfile;
  /** The whole training, which its record repeats. */
  readonly spec: TrainingSpec;
  readonly result: TrainingResult;
  /** What it is judged by: of a part of a pooled training, that part. */
  readonly judged_by: TrainedPart;
  readonly json: Uint8Array;
  readonly ubj: Uint8Array;
  /** The pooled training of which it is a part. */
  readonly pool?: ModelCard["pool"];
}

/** A model judged on a set, with its card; of the set nothing else is left. */
export interface JudgedModel extends ModelToKeep {
  readonly evaluation: Evaluation;
  readonly card: ModelCard;
  readonly pictures: Readonly<Record<string, string>>;
}

/** Judges the out-of-fold predictions beside the baselines, and this project's evaluator against XGBoost on the parity rows. */
export function judgeModel(ports: Ports, dataset: Dataset, model: ModelToKeep): JudgedModel {
  const evaluation = evaluate(dataset, model);
  return { ...model, evaluation, card: cardOf(ports, dataset, model, evaluation), pictures: picturesOf(dataset.set, evaluation) };
}

/** Writes model, card, evaluation and record to the lake in MLflow's layout. */
export async function keepModel(ports: Ports, judged: JudgedModel): Promise<void> {
  const { run_id, spec, json, ubj, result, card, pictures, pool } = judged;
  await writeArtifacts(ports, judged);
  await writeTrainingRecord(ports, run_id, { spec, json, ubj, result, ...(pool ? { part: card.instrument } : {}) });
  const views = withInstrumentView(modelViews(ports.config), card.feature_names);
  await writeModelArtifacts(ports, { ...judged, views }, pictures);
}

function evaluate(dataset: Dataset, { run_id, profile, spec, judged_by: { folds, result }, json }: ModelToKeep): Evaluation {
  const { set, manifest } = dataset;
  const { horizon_bars } = profile;
  const { predictions, raw_predictions, ...judged } = judgeTraining({ set, folds, seeds: spec.seeds, result, horizon_bars });
  return {
    run_id,
    model_name: modelNameOf(manifest.instrument, horizon_bars),
    instrument: manifest.instrument,
    horizon_bars,
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
    parity: checkParity(dataset, result.parity, json),
  };
}

function checkParity({ set }: Dataset, parity: TrainingResult["parity"], model: Uint8Array): ParityResult {
  const trees = parseTreeEnsemble(model, set.feature_names);
  const own = parity.rows.map((row) =>
    predictProbability(
      trees,
      Float32Array.from(set.features, (column) => column[row]!),
    ),
  );
  return compareParity(parity.predictions, own);
}

function cardOf(ports: Ports, { manifest, set }: Dataset, { result, pool }: ModelToKeep, evaluation: Evaluation): ModelCard {
  const views = viewsOf(withInstrumentView(modelViews(ports.config), set.feature_names), set.feature_names);
  const pairs = poolOf(set.feature_names);
  return {
    name: evaluation.model_name,
    instrument: manifest.instrument,
    ...(pairs.length === 0 ? {} : { pairs: [...pairs] }),
    ...(pool ? { pool } : {}),
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

async function writeArtifacts({ lake }: Ports, { evaluation, card, json, ubj, result, pool }: JudgedModel): Promise<void> {
  const keys = modelArtifactKeys(evaluation.run_id);
  await Promise.all([
    lake.putOnce(keys.json, json, "application/json"),
    lake.putOnce(keys.ubj, ubj, "application/octet-stream"),
    lake.putOnce(keys.card, sealModelCard(card, json), "application/json"),
    lake.putOnce(keys.calibration, JSON.stringify(evaluation.calibration), "application/json"),
    lake.putOnce(keys.evaluation, JSON.stringify(evaluation), "application/json"),
    // A part has that of its pool.
    pool ? null : lake.putOnce(keys.training_result, JSON.stringify(result), "application/json"),
  ]);
}
