import type { TrainingResult } from "../contracts/training.ts";
import { touchesRollover } from "../domain/rollover.ts";
import type { TrainingSet } from "../features/trainingSet.ts";
import { dependenceLag } from "../metrics/dependenceLag.ts";
import { type DirectionEvaluation, evaluateDirection } from "../metrics/evaluateDirection.ts";
import { meanMargin } from "../models/meanMargin.ts";

/** How a trial of a sweep did, out of fold and outside the rollover, by the mean of its seeds: trials are compared by its log loss. */
export function trialScore(
  set: TrainingSet,
  { out_of_fold }: Pick<TrainingResult, "out_of_fold">,
  horizon_bars: number,
): DirectionEvaluation {
  const p = meanMargin(out_of_fold.predictions);
  const outside = out_of_fold.rows.flatMap((row, index) => (touchesRollover(set.event_time[row]!, set.label_end[row]!) ? [] : [index]));
  const y = outside.map((index) => set.y[out_of_fold.rows[index]!]!);
  return evaluateDirection({ y, p: outside.map((index) => p[index]!), lag: dependenceLag(y.length, horizon_bars), horizon_bars });
}
