import type { TrainingSet } from "../../shared/features/trainingSet.ts";
import { logLossDifference, type PairedDifference } from "../../shared/metrics/logLossDifference.ts";
import { compareParity } from "../../shared/models/parity.ts";
import { parseTreeEnsemble } from "../../shared/models/parseTreeEnsemble.ts";
import type { TrainingProfile } from "../../shared/models/trainingProfile.ts";
import { predictRows, type TreeEnsemble } from "../../shared/models/treeEnsemble.ts";
import { baselinePredictions } from "../../shared/validation/baselines.ts";
import { calibrationCheck } from "../../shared/validation/calibrationCheck.ts";
import { importanceCheck } from "../../shared/validation/importanceCheck.ts";
import { judgeTraining, type TrainingJudgement } from "../../shared/validation/judgeTraining.ts";
import { parityCheck } from "../../shared/validation/parityCheck.ts";
import { plausibilityCheck } from "../../shared/validation/plausibilityCheck.ts";
import { sanityCheck } from "../../shared/validation/sanityCheck.ts";
import { sizeCheck } from "../../shared/validation/sizeCheck.ts";
import { skillCheck } from "../../shared/validation/skillCheck.ts";
import { splitCheck } from "../../shared/validation/splitCheck.ts";
import type { Verdict } from "../../shared/validation/verdict.ts";
import { toMatrix, trainInProcess } from "../support/models/trainInProcess.ts";

export interface JudgedModel {
  readonly trees: TreeEnsemble;
  readonly judged: TrainingJudgement;
  readonly checks: readonly Verdict[];
  /** What the rule before `skill` went by: all rows, the base rate alone, rows taken as independent. */
  readonly old_difference: PairedDifference;
}

/** Trains on a set and judges the model as evaluate_model and model_validation do, by the same functions. */
export async function judgeModel(
  set: TrainingSet,
  profile: TrainingProfile,
  { max_plausible_accuracy, models_judged }: { max_plausible_accuracy: number; models_judged: number },
): Promise<JudgedModel> {
  const { spec, result, model } = await trainInProcess(set, profile);
  const judged = judgeTraining({ set, folds: spec.folds, seeds: spec.seeds, result, horizon_bars: profile.horizon_bars });
  const trees = parseTreeEnsemble(model, set.feature_names);
  const { data, columns } = toMatrix(set);
  const parity_rows = data.subarray(result.parity.rows[0]! * columns);
  const tested = (values: ArrayLike<number>) => result.out_of_fold.rows.map((row) => values[row]!);
  const y = tested(set.y);
  const { compared } = judged.hours.all;
  const checks = [
    parityCheck(compareParity(result.parity.predictions, predictRows(trees, parity_rows)), null),
    plausibilityCheck(compared.model, max_plausible_accuracy),
    skillCheck({ ...compared, models_judged }),
    calibrationCheck({ y, p: judged.predictions, horizon_bars: profile.horizon_bars, models_judged }),
    splitCheck({ folds: judged.folds, model_splits: result.splits.model }),
    sanityCheck(judged.predictions),
    sizeCheck({ event_time: tested(set.event_time), label_end: tested(set.label_end) }),
    importanceCheck(result.importance, set.feature_names),
  ];
  const { horizon_bars } = profile;
  const { majority } = baselinePredictions({ folds: spec.folds, y: set.y, past_return: set.y, features: [], horizon_bars });
  return { trees, judged, checks, old_difference: logLossDifference({ y, p: result.out_of_fold.predictions[0]!, baseline: majority })! };
}
