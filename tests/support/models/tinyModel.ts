import { float32Sigmoid } from "../../../shared/models/float32Sigmoid.ts";

/** A model in XGBoost's JSON with one split: `left` where the feature is below the threshold or missing, else `right`. */
export interface TinySplit {
  readonly feature: number;
  readonly threshold: number;
  readonly left: number;
  readonly right: number;
}

/** Weight of the training rows on either side of that split. */
export const TINY_COVERS = { left: 3, right: 1 };

export function tinyModel(feature_names: readonly string[], { feature, threshold, left, right }: TinySplit): Uint8Array {
  const tree = {
    tree_param: { size_leaf_vector: "1" },
    left_children: [1, -1, -1],
    right_children: [2, -1, -1],
    split_indices: [feature, 0, 0],
    split_conditions: [threshold, left, right],
    default_left: [1, 0, 0],
    split_type: [0, 0, 0],
    categories_nodes: [],
    sum_hessian: [TINY_COVERS.left + TINY_COVERS.right, TINY_COVERS.left, TINY_COVERS.right],
  };
  const model = {
    version: [3, 4, 1],
    learner: {
      feature_names,
      learner_model_param: { base_score: "[5E-1]", num_feature: String(feature_names.length), num_class: "0", num_target: "1" },
      objective: { name: "binary:logistic" },
      gradient_booster: { name: "gbtree", model: { trees: [tree], tree_info: [0] } },
    },
  };
  return new TextEncoder().encode(JSON.stringify(model));
}

/** The probability that XGBoost gives for a leaf's value: the base score of 0.5 adds nothing. */
export function probabilityOf(leaf: number): number {
  return float32Sigmoid(Math.fround(leaf));
}
