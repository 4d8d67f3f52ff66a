import type { TrainingSet } from "../../shared/features/trainingSet.ts";
import { logLossDifference, type PairedDifference } from "../../shared/metrics/logLossDifference.ts";
import { compareParity } from "../../shared/models/parity.ts";
import { parseTreeEnsemble } from "../../shared/models/parseTreeEnsemble.ts";
import type { TrainingProfile } from "../../shared/models/trainingProfile.ts";
import { predictRows, type TreeEnsemble } from "../../shared/models/treeEnsemble.ts";
import { baselinePredictions } from "../../shared/validation/baselines.ts";
import { judgeTraining, type TrainingJudgement } from "../../shared/validation/judgeTraining.ts";
import { MIN_TEST_ROWS, type PromotionVerdict, promotionChecks } from "../../shared/validation/promotionChecks.ts";
import { toMatrix, trainInProcess } from "../support/trainInProcess.ts";

export interface JudgedModel {
  readonly trees: TreeEnsemble;
  readonly judged: TrainingJudgement;
  readonly verdict: PromotionVerdict;
  /** What the rule before `skill` went by: all rows, the base rate alone, rows taken as independent. */
  readonly old_difference: PairedDifference;
}

/** Trains on a set and judges the model as evaluate_model and validate_model do, by the same functions. */
export async function judgeModel(
  set: TrainingSet,
  profile: TrainingProfile,
  { max_plausible_accuracy, models_judged }: { max_plausible_accuracy: number; models_judged: number },
): Promise<JudgedModel> {
  const { spec, result, model } = await trainInProcess(set, profile);
  const judged = judgeTraining({ set, folds: spec.folds, seeds: spec.seeds, result, horizon_bars: 1 });
  const trees = parseTreeEnsemble(model, set.feature_names);
  const { data, columns } = toMatrix(set);
  const parity_rows = data.subarray(result.parity.rows[0]! * columns);
  const verdict = promotionChecks({
    evaluation: judged.hours.all.compared,
    folds: judged.folds,
    model_splits: result.splits.model,
    models_judged,
    predictions: judged.predictions,
    parity: compareParity(result.parity.predictions, predictRows(trees, parity_rows)),
    importance: result.importance,
    feature_names: set.feature_names,
    config: { max_plausible_accuracy, min_test_rows: MIN_TEST_ROWS },
  });
  const y = result.out_of_fold.rows.map((row) => set.y[row]!);
  const { majority } = baselinePredictions({ folds: spec.folds, y: set.y, ret_1: set.y, features: [] });
  return { trees, judged, verdict, old_difference: logLossDifference({ y, p: result.out_of_fold.predictions[0]!, baseline: majority })! };
}
