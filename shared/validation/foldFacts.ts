import type { Fold } from "../contracts/training.ts";

/** Whether a fold's model is one: without a split it says the same of every row, and its rows dilute every figure. */
export interface FoldFacts {
  readonly train_rows: number;
  readonly test_rows: number;
  /** Splits of each seed's model. */
  readonly splits: readonly number[];
  /** Different probabilities among the test rows. */
  readonly unique_predictions: number;
}

/** `splits[s][f]` of seed `s` on fold `f`; `predictions` of all test rows, fold by fold in the same order. */
export function foldFacts(
  folds: readonly Fold[],
  splits: readonly (readonly number[])[],
  predictions: ArrayLike<number>,
): readonly FoldFacts[] {
  let at = 0;
  return folds.map(({ train, test }, fold) => {
    const from = at;
    at += test.end - test.start;
    return {
      train_rows: train.end - train.start,
      test_rows: test.end - test.start,
      splits: splits.map((seed) => seed[fold] ?? 0),
      unique_predictions: new Set(Array.from(predictions).slice(from, at)).size,
    };
  });
}
