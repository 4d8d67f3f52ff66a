export interface ForestShape {
  readonly width: number;
  readonly depth: number;
  readonly trees: number;
  readonly random: () => number;
  /** Share of splits that send all training rows to one side. */
  readonly empty_share: number;
}

/** Full trees of random splits in XGBoost's JSON, each node with a cover: that of a split is its children's sum. */
export function coveredForest({ width, depth, trees, random, empty_share }: ForestShape): string {
  const feature_names = Array.from({ length: width }, (_, index) => `feature_${index}`);
  return JSON.stringify({
    version: [3, 4, 1],
    learner: {
      feature_names,
      learner_model_param: { base_score: "[4E-1]", num_feature: String(width), num_class: "0", num_target: "1" },
      objective: { name: "binary:logistic" },
      gradient_booster: {
        name: "gbtree",
        model: {
          trees: Array.from({ length: trees }, () => fullTree(width, depth, random, empty_share)),
          tree_info: Array.from({ length: trees }, () => 0),
        },
      },
    },
  });
}

/** Nodes in the order of a heap: the children of i are 2 i + 1 and 2 i + 2, the last level are leaves. */
function fullTree(width: number, depth: number, random: () => number, empty_share: number): Record<string, unknown> {
  const [nodes, inner] = [2 ** (depth + 1) - 1, 2 ** depth - 1];
  const each = (inside: (node: number) => number, leaf: number) =>
    Array.from({ length: nodes }, (_, node) => (node < inner ? inside(node) : leaf));
  const sum_hessian = [1_000];
  for (let node = 0; node < inner; node++) {
    // Thousandths, so that a float32 holds the sum of both sides exactly often, and nearly always.
    const left = random() < empty_share ? 0 : Math.fround(sum_hessian[node]! * random());
    sum_hessian[2 * node + 1] = sum_hessian[node] === 0 ? 1 : left;
    sum_hessian[2 * node + 2] = sum_hessian[node] === 0 ? 1 : Math.fround(sum_hessian[node]! - left);
  }
  return {
    tree_param: { size_leaf_vector: "1" },
    left_children: each((node) => 2 * node + 1, -1),
    right_children: each((node) => 2 * node + 2, -1),
    split_indices: each(() => Math.floor(random() * width), 0),
    split_conditions: Array.from({ length: nodes }, () => 2 * random() - 1),
    default_left: each(() => (random() < 0.5 ? 1 : 0), 0),
    split_type: each(() => 0, 0),
    categories_nodes: [],
    sum_hessian,
  };
}
