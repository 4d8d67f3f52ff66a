import { createRandom } from "../../shared/domain/random.ts";
import { TRAINING_PROFILES, type TrainingProfile } from "../../shared/models/trainingProfile.ts";
import { tinyModel } from "../support/models/tinyModel.ts";

/** A model of random trees, as many and as deep as a training by the profile makes, in XGBoost's JSON. */
export function benchForest(feature_names: readonly string[], profile: TrainingProfile["name"] = "nightly"): Uint8Array {
  const one = tinyModel(feature_names, { feature: 0, threshold: 0, left: 0, right: 0 });
  const model = JSON.parse(new TextDecoder().decode(one)) as { learner: { gradient_booster: { model: unknown } } };
  const { rounds, params } = TRAINING_PROFILES[profile];
  model.learner.gradient_booster.model = {
    trees: Array.from({ length: rounds }, (_, index) => fullTree(params.max_depth, feature_names.length, createRandom(index + 1))),
    tree_info: Array.from({ length: rounds }, () => 0),
  };
  return new TextEncoder().encode(JSON.stringify(model));
}

/** Nodes in the order of a heap: the children of i are 2 i + 1 and 2 i + 2, the last level are leaves. */
function fullTree(depth: number, width: number, random: () => number): Record<string, unknown> {
  const [nodes, inner] = [2 ** (depth + 1) - 1, 2 ** depth - 1];
  const each = <Value>(inside: (node: number) => Value, leaf: Value) =>
    Array.from({ length: nodes }, (_, node) => (node < inner ? inside(node) : leaf));
  return {
    tree_param: { size_leaf_vector: "1" },
    left_children: each((node) => 2 * node + 1, -1),
    right_children: each((node) => 2 * node + 2, -1),
    split_indices: each(() => Math.floor(random() * width), 0),
    split_conditions: Array.from({ length: nodes }, () => (random() - 0.5) / 10),
    default_left: each(() => 1, 0),
    split_type: each(() => 0, 0),
    categories_nodes: [],
    // Half of the rows to either side.
    sum_hessian: Array.from({ length: nodes }, (_, node) => 2 ** (depth - Math.floor(Math.log2(node + 1)))),
  };
}
