import { counted } from "../domain/counted.ts";
import type { FoldFacts } from "./foldFacts.ts";
import type { Verdict } from "./verdict.ts";

export interface SplitInput {
  readonly folds: readonly FoldFacts[];
  /** Splits of the model that is kept. */
  readonly model_splits: number;
}

/** Fails when the kept model or any fold's model never splits, and names which: a constant is no model, and must not be measured as one. */
export function splitCheck({ folds, model_splits }: SplitInput): Verdict {
  const name = "split_check";
  const constant = folds.flatMap(({ splits, unique_predictions, train_rows }, index) =>
    unique_predictions < 2 || splits.some((count) => count === 0) ? [`fold ${index + 1} (${counted(train_rows, "training row")})`] : [],
  );
  if (model_splits === 0) constant.push("the model that is kept");
  if (folds.length === 0) return { name, passed: false, detail: "there are no folds" };
  if (constant.length === 0) {
    const fewest = Math.min(...folds.flatMap(({ splits }) => splits));
    return {
      name,
      passed: true,
      detail: `all ${counted(folds.length, "fold")} split, ${fewest} times at least, and the kept model ${model_splits} times`,
    };
  }
  return {
    name,
    passed: false,
    detail: `without a single split, so the same for every row: ${constant.join(", ")}; more training rows, or a lower min_child_weight, are needed`,
  };
}
