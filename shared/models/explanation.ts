import type { CalibratorKind } from "../calibration/calibrator.ts";
import type { TreeEnsemble } from "./treeLayout.ts";
import { type Contributions, createTreeExplainer } from "./treeShap.ts";

/** Why a model's answer has no contributions. */
export interface Unexplained {
  readonly reason: string;
}

export type Explained = Contributions | Unexplained;

/** Why an answer is what it is, as far as its model can tell. */
export interface Explanation {
  readonly explained: Explained;
  readonly feature_names: readonly string[];
  /** The row, as the model saw it; NaN for missing. */
  readonly inputs: Float32Array;
  /** What is made of what the model says, which the contributions do not cover. */
  readonly calibration: CalibratorKind;
}

const NO_COVERS: Unexplained = {
  reason:
    "The model's file does not say how many training rows its nodes had (sum_hessian), or its trees are deeper than 128 splits: contributions cannot be told.",
};

/** ONNX is run by its runtime, which gives what a graph says and not how it came to it: an ensemble of trees keeps no covers there. */
export const UNEXPLAINED_ONNX: Unexplained = {
  reason:
    "The model is served from ONNX, whose graph holds no counts of training rows (and need not be of trees): exact contributions cannot be told. Log it as XGBoost's own file to have them.",
};

/** Explains rows of trees. What that needs is made for the first of them: most models are never asked. */
export function explainTrees(trees: TreeEnsemble): (inputs: Float32Array) => Explained {
  let explain: ReturnType<typeof createTreeExplainer> | undefined;
  return (inputs) => {
    if (explain === undefined) explain = createTreeExplainer(trees);
    return explain === null ? NO_COVERS : explain(inputs);
  };
}
