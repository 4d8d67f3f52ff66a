import type { TrainingResult } from "../contracts/training.ts";
import { blockPermutation } from "../domain/blockPermutation.ts";
import type { ShuffledRun } from "./shuffleCheck.ts";

/**
 * The training job's run with shuffled labels, beside the labels that its test rows got; null of a job from before there was one.
 * @param y the true labels of the whole training set
 */
export function shuffledRun(
  y: ArrayLike<number>,
  { shuffled, out_of_fold }: Pick<TrainingResult, "shuffled" | "out_of_fold">,
  horizon_bars: number,
): ShuffledRun | null {
  if (!shuffled) return null;
  const order = blockPermutation(y.length, shuffled.shuffle.block_rows, shuffled.shuffle.seed);
  return { y: out_of_fold.rows.map((row) => y[order[row]!]!), p: shuffled.predictions, horizon_bars };
}
