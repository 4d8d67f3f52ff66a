import { expect, it } from "vitest";
import { foldFacts } from "../../../shared/validation/foldFacts.ts";

it("the facts of a fold are of its own rows, splits and predictions", () => {
  const folds = [
    { train: { start: 0, end: 10 }, test: { start: 12, end: 15 } },
    { train: { start: 2, end: 15 }, test: { start: 15, end: 17 } },
  ];
  const splits = [[5, 7], [6]];
  expect(foldFacts(folds, splits, [0.1, 0.1, 0.2, 0.3, 0.3])).toEqual([
    { train_rows: 10, test_rows: 3, splits: [5, 6], unique_predictions: 2 },
    { train_rows: 13, test_rows: 2, splits: [7, 0], unique_predictions: 1 },
  ]);
});
