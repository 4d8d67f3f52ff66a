import { describe, expect, it } from "vitest";
import { splitCheck } from "../../../shared/validation/splitCheck.ts";

const fold = (change = {}) => ({ splits: [5, 3], unique_predictions: 40, train_rows: 900, test_rows: 300, ...change });

describe("split_check", () => {
  it("passes when every fold of every seed splits, and says how often at the least", () => {
    expect(splitCheck({ folds: [fold(), fold({ splits: [4, 9] })], model_splits: 12 })).toEqual({
      name: "split_check",
      passed: true,
      detail: "all 2 folds split, 3 times at least, and the kept model 12 times",
    });
  });

  it("takes a fold of one split, which knows two values, for a model", () => {
    expect(splitCheck({ folds: [fold({ splits: [1], unique_predictions: 2 })], model_splits: 1 }).passed).toBe(true);
  });

  it.each([
    ["one seed never splits", [fold(), fold({ splits: [5, 0] })], 12, "fold 2 (900 training rows)"],
    ["all is predicted the same", [fold({ unique_predictions: 1 })], 12, "fold 1 (900 training rows)"],
    ["the kept model never splits", [fold()], 0, "the model that is kept"],
    ["there is no fold", [], 12, "there are no folds"],
  ])("fails where %s, and names it", (_what, folds, model_splits, named) => {
    expect(splitCheck({ folds, model_splits })).toMatchObject({ passed: false, detail: expect.stringContaining(named) });
  });
});
