import type { ModelPart } from "../../shared/contracts/training.ts";
import { AppError } from "../../shared/errors.ts";
import { type JsonTree, readModelJson, writeModelJson } from "./modelJson.ts";

/** XGBoost's mark of a node that is nobody's child. */
const NO_PARENT = 2_147_483_647;

/**
 * The model as one of the features that are left when some are known: their splits are answered, and the trees of what is left add up the same
 * leaves in the same order. So of a row with these values it says to the bit what the model itself says. Input and output are XGBoost's JSON.
 */
export function givenModel(model: Uint8Array, { given, feature_names }: Pick<ModelPart, "given" | "feature_names">): Uint8Array {
  const document = readModelJson(model);
  const { learner } = document;
  const names = learner.feature_names;
  if (new Set([...Object.keys(given), ...feature_names]).symmetricDifference(new Set(names)).size > 0)
    throw new AppError("internal", "what is given and what is left are not the features of the model");
  const narrowed = {
    ...document,
    learner: {
      ...learner,
      feature_names: [...feature_names],
      // XGBoost leaves the types out of features that were all given as floats.
      feature_types: learner.feature_types.length === 0 ? [] : feature_names.map((name) => learner.feature_types[names.indexOf(name)]!),
      learner_model_param: { ...learner.learner_model_param, num_feature: String(feature_names.length) },
    },
  };
  const values = names.map((name) => given[name]);
  const positions = new Map(feature_names.map((name, position) => [names.indexOf(name), position]));
  const trees = learner.gradient_booster.model.trees.map((tree) => answered(tree, values, positions));
  return writeModelJson(narrowed, trees);
}

/** The nodes that can still be reached, from the root down. */
function answered(tree: JsonTree, values: readonly (number | null | undefined)[], positions: ReadonlyMap<number, number>): JsonTree {
  const nodes = [settle(tree, values, 0)];
  const left_children: number[] = [];
  const right_children: number[] = [];
  const parents = [NO_PARENT];
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!;
    const is_leaf = tree.left_children[node] === -1;
    left_children.push(is_leaf ? -1 : nodes.length);
    right_children.push(is_leaf ? -1 : nodes.length + 1);
    if (is_leaf) continue;
    nodes.push(settle(tree, values, tree.left_children[node]!), settle(tree, values, tree.right_children[node]!));
    parents.push(at, at);
  }
  const pick = (column: readonly number[]) => nodes.map((node) => column[node]!);
  const leaf = (node: number) => tree.left_children[node] === -1;
  return {
    ...tree,
    tree_param: { ...tree.tree_param, num_nodes: String(nodes.length), num_deleted: "0", num_feature: String(positions.size) },
    left_children,
    right_children,
    parents,
    split_indices: nodes.map((node) => (leaf(node) ? 0 : positions.get(tree.split_indices[node]!)!)),
    split_type: nodes.map(() => 0),
    split_conditions: pick(tree.split_conditions),
    default_left: pick(tree.default_left),
    base_weights: pick(tree.base_weights),
    loss_changes: pick(tree.loss_changes),
    sum_hessian: pick(tree.sum_hessian),
  };
}

/** The first node at or below this one that asks for what is not given, or is a leaf. */
function settle(tree: JsonTree, values: readonly (number | null | undefined)[], from: number): number {
  let node = from;
  while (tree.left_children[node] !== -1) {
    const value = values[tree.split_indices[node]!];
    if (value === undefined) return node;
    const goes_left = value === null ? tree.default_left[node] === 1 : Math.fround(value) < Math.fround(tree.split_conditions[node]!);
    node = goes_left ? tree.left_children[node]! : tree.right_children[node]!;
  }
  return node;
}
