import { type CApi, loadCApi } from "../../../gpu-sidecar/xgboost/cApi.ts";
import { createDMatrix } from "../../../gpu-sidecar/xgboost/dMatrix.ts";
import { ensureLibrary } from "../../../gpu-sidecar/xgboost/fetchLibrary.ts";
import { trainBooster } from "../../../gpu-sidecar/xgboost/trainBooster.ts";
import type { Fold, RowRange, TrainingSpec } from "../../../shared/contracts/training.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";
import { dependenceLag } from "../../../shared/metrics/dependenceLag.ts";
import { type ComparedEvaluation, compareWithBaselines } from "../../../shared/metrics/evaluateDirection.ts";
import type { TrainingProfile } from "../../../shared/models/trainingProfile.ts";
import { baselinePredictions } from "../../../shared/validation/baselines.ts";
import { specOf, toMatrix } from "./trainInProcess.ts";

export interface OutOfFold {
  readonly y: readonly number[];
  readonly p: readonly number[];
  readonly compared: ComparedEvaluation;
}

let loaded: CApi | undefined;

async function library(): Promise<CApi> {
  loaded ??= loadCApi((await ensureLibrary()).path);
  return loaded;
}

/** What the sidecar and evaluate_model do with a training set, in this process and with the profile's first seed. */
export async function evaluateOutOfFold(set: TrainingSet, profile: TrainingProfile): Promise<OutOfFold> {
  const spec = specOf(set, profile);
  const { folds } = spec;
  const matrix = toMatrix(set).data;
  const p: number[] = [];
  const y: number[] = [];
  for (const fold of folds) {
    p.push(...(await trainFold(matrix, set, spec, fold)));
    for (let row = fold.test.start; row < fold.test.end; row++) y.push(set.y[row]!);
  }
  const ret_1 = set.features[set.feature_names.indexOf("ret_1")]!;
  const baselines = baselinePredictions({ folds, y: set.y, past_return: ret_1, features: set.features, horizon_bars: 1 });
  return { y, p, compared: compareWithBaselines({ y, p, baselines, lag: dependenceLag(y.length, 1) }) };
}

async function trainFold(matrix: Float32Array, set: TrainingSet, spec: TrainingSpec, fold: Fold): Promise<Float32Array> {
  const columns = set.feature_names.length;
  const rowsOf = ({ start, end }: RowRange) => matrix.subarray(start * columns, end * columns);
  const api = await library();
  const train = createDMatrix(api, rowsOf(fold.train), columns, Float32Array.from(set.y.subarray(fold.train.start, fold.train.end)));
  const test = createDMatrix(api, rowsOf(fold.test), columns);
  const booster = await trainBooster(api, train, spec, spec.seeds[0]!);
  try {
    return booster.predict(test);
  } finally {
    booster.free();
    train.free();
    test.free();
  }
}
