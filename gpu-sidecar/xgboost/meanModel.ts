import { AppError } from "../../shared/errors.ts";
import { type JsonModel, type JsonTree, readModelJson, writeModelJson } from "./modelJson.ts";

/**
 * One model whose margin is the mean of the margins of several: the trees of all, in the order given, every leaf divided by their number
 * in float32. All must come from the same rows, so that the base score from which each sum starts is the same; the mean then starts there
 * too. Input and output are XGBoost's JSON; what loads the result predicts from it like from any other model, so that "equal to XGBoost bit
 * for bit" means the same as for one seed.
 */
export function meanModel(models: readonly Uint8Array[]): Uint8Array {
  const parsed = models.map(readModelJson);
  const [first] = parsed;
  if (first === undefined) throw new AppError("internal", "a mean of no models was asked for");
  requireOneBaseScore(parsed);
  const trees = parsed.flatMap((model) => model.learner.gradient_booster.model.trees);
  return writeModelJson(
    first,
    trees.map((tree) => scaled(tree, models.length)),
  );
}

function requireOneBaseScore(models: readonly JsonModel[]): void {
  const scores = new Set(models.map((model) => model.learner.learner_model_param.base_score));
  if (scores.size === 1) return;
  throw new AppError("internal", `models that start from ${[...scores].join(" and ")} have no mean that is a model`);
}

function scaled(tree: JsonTree, models: number): JsonTree {
  const divide = (value: number, node: number) => (tree.left_children[node] === -1 ? Math.fround(value / models) : value);
  return { ...tree, split_conditions: tree.split_conditions.map(divide), base_weights: tree.base_weights.map(divide) };
}
