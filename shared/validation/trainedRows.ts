import type { FoldFacts } from "./foldFacts.ts";

/** How many rows the fold's model had been trained on that answered each out-of-fold row, in their order. */
export function trainedRows(folds: readonly Pick<FoldFacts, "train_rows" | "test_rows">[]): readonly number[] {
  return folds.flatMap(({ train_rows, test_rows }) => new Array<number>(test_rows).fill(train_rows));
}
