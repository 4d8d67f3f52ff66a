import { counted } from "../domain/counted.ts";
import { float32Logit } from "./float32Sigmoid.ts";
import { packCategories } from "./packCategories.ts";
import { CATEGORIES_WORD, FEATURE_WORD, LEFT_WORD, MISSING_LEFT, NODE_WORDS, type TreeEnsemble, VALUE_WORD } from "./treeLayout.ts";
import { invalidModel, type XgboostModel, type XgboostTree } from "./xgboostModel.ts";

/** XGBoost's kRtEps: from 3.4 on it moves base scores nearer to 0 or 1 than this, older versions do not, so both are refused. */
const CLOSEST_BASE_SCORE = 1e-6;

/** Packs a checked model into typed arrays. Its feature names must be `feature_names`, when those are given. */
export function packModel(model: XgboostModel, feature_names?: readonly string[]): TreeEnsemble {
  const names = requireFeatureNames(model, feature_names);
  const trees = model.learner.gradient_booster.model.trees;
  if (trees.length === 0) throw invalidModel("it has no trees: a booster that was never trained, or was saved before its first round.");
  const plans = trees.map((tree, index) => planTree(tree, index, names.length));
  const words = new Int32Array(plans.reduce((total, plan) => total + plan.length, 0) * NODE_WORDS);
  const values = new Float32Array(words.buffer);
  const roots = new Int32Array(trees.length);
  const { categories, placesOf } = packCategories(trees);
  const covers = trees.every(({ sum_hessian }) => sum_hessian.length > 0) ? new Float32Array(words.length / NODE_WORDS) : null;
  let next_root = 0;
  for (const [index, plan] of plans.entries()) {
    roots[index] = next_root;
    writeTree(trees[index]!, plan, next_root, { words, values, covers, places: placesOf(index) });
    next_root += plan.length * NODE_WORDS;
  }
  return {
    feature_names: names,
    xgboost_version: model.version.join("."),
    base_margin: baseMargin(model),
    roots,
    words,
    values,
    categories,
    covers,
  };
}

function requireFeatureNames(model: XgboostModel, expected: readonly string[] | undefined): readonly string[] {
  const names = model.learner.feature_names;
  const width = Number(model.learner.learner_model_param.num_feature);
  if (names.length === 0) throw invalidModel("it does not name its features. Set feature_name on the booster before it is saved.");
  if (names.length !== width) throw invalidModel(`it names ${counted(names.length, "feature")} but has ${width}.`);
  if (expected === undefined) return names;
  if (expected.length !== width)
    throw invalidModel(`it takes ${counted(width, "feature")}, not the ${expected.length} of the feature set.`);
  const at = names.findIndex((name, index) => name !== expected[index]);
  if (at !== -1) throw invalidModel(`its feature ${at} is "${names[at]}", the feature set has "${expected[at]}" there.`);
  return names;
}

/** `base_score` is a probability: "5E-1" up to XGBoost 3.0, "[5E-1]" from 3.1 on. */
function baseMargin(model: XgboostModel): number {
  const text = model.learner.learner_model_param.base_score;
  const score = Math.fround(Number(text.replace(/^\[(.*)\]$/, "$1") || Number.NaN));
  if (!(score >= CLOSEST_BASE_SCORE && score <= 1 - CLOSEST_BASE_SCORE)) {
    throw invalidModel(`its base_score "${text}" is not one probability between ${CLOSEST_BASE_SCORE} and ${1 - CLOSEST_BASE_SCORE}.`);
  }
  return float32Logit(score);
}

/**
 * The tree's nodes in packed order: breadth first from the root, so that siblings are neighbours and nodes that pruning cut off are
 * dropped. Throws invalid_model where the walk could leave the tree or never end.
 */
function planTree(tree: XgboostTree, index: number, width: number): number[] {
  requireSoundTree(tree, index);
  const node_count = tree.left_children.length;
  const plan = [0];
  const seen = new Uint8Array(node_count);
  for (let at = 0; at < plan.length; at++) {
    const node = plan[at]!;
    if (seen[node]) throw invalidModel(`tree ${index} reaches node ${node} twice.`);
    seen[node] = 1;
    if (!Number.isFinite(Math.fround(tree.split_conditions[node]!)))
      throw invalidModel(`tree ${index}, node ${node}: value is not finite.`);
    const left = tree.left_children[node]!;
    const right = tree.right_children[node]!;
    if (left === -1 && right === -1) continue;
    for (const child of [left, right]) {
      if (child < 0 || child >= node_count)
        throw invalidModel(`tree ${index}, node ${node}: child ${child} is not one of ${counted(node_count, "node")}.`);
    }
    const feature = tree.split_indices[node]!;
    if (feature >= width) throw invalidModel(`tree ${index}, node ${node}: splits on feature ${feature} of ${width}.`);
    plan.push(left, right);
  }
  return plan;
}

function requireSoundTree(tree: XgboostTree, index: number): void {
  const node_count = tree.left_children.length;
  for (const key of ["right_children", "split_indices", "split_conditions", "default_left"] as const) {
    if (tree[key].length !== node_count)
      throw invalidModel(`tree ${index}: ${key} has ${counted(tree[key].length, "entry", "entries")} for ${counted(node_count, "node")}.`);
  }
  if (tree.sum_hessian.length !== 0 && tree.sum_hessian.length !== node_count)
    throw invalidModel(
      `tree ${index}: sum_hessian has ${counted(tree.sum_hessian.length, "entry", "entries")} for ${counted(node_count, "node")}.`,
    );
  if (Number(tree.tree_param.size_leaf_vector) > 1) throw invalidModel(`tree ${index} has vector leaves; one output is supported.`);
}

interface Packed {
  readonly words: Int32Array;
  readonly values: Float32Array;
  readonly covers: Float32Array | null;
  /** Where the categories of this tree's nodes stand. */
  readonly places: ReadonlyMap<number, number>;
}

function writeTree(tree: XgboostTree, plan: readonly number[], root: number, { words, values, covers, places }: Packed): void {
  let next_child = root + NODE_WORDS;
  for (const [at, node] of plan.entries()) {
    const word = root + at * NODE_WORDS;
    values[word + VALUE_WORD] = tree.split_conditions[node]!;
    if (covers !== null) covers[word / NODE_WORDS] = tree.sum_hessian[node]!;
    if (tree.left_children[node] === -1) continue;
    words[word + FEATURE_WORD] = tree.split_indices[node]! | (tree.default_left[node] ? MISSING_LEFT : 0);
    words[word + LEFT_WORD] = next_child;
    words[word + CATEGORIES_WORD] = (places.get(node) ?? -1) + 1;
    next_child += 2 * NODE_WORDS;
  }
}
