import type { Equivalent } from "./equivalent.ts";

export const MLFLOW: readonly Equivalent[] = [
  {
    path: "shared/mlflow/filter/tokenize.ts",
    code: "at < text.length &&",
    original: "<",
    reason: "no white space stands behind the end",
  },
  {
    path: "shared/mlflow/sampleSteps.ts",
    code: "all.length <= at_most",
    original: "<=",
    reason: "of as many as are wanted every one is taken",
  },
];
