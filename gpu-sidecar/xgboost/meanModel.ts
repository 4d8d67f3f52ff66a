import { z } from "zod";
import { AppError } from "../../shared/errors.ts";

declare global {
  interface JSON {
    /** A value that JSON.stringify writes as this text (Node 21 and later; not yet in TypeScript's library). */
    rawJSON(text: string): object;
  }
}

const treeSchema = z.looseObject({
  left_children: z.array(z.number()),
  split_conditions: z.array(z.number()),
  base_weights: z.array(z.number()),
  loss_changes: z.array(z.number()),
  sum_hessian: z.array(z.number()),
});
const modelSchema = z.looseObject({
  learner: z.looseObject({
    learner_model_param: z.looseObject({ base_score: z.string() }),
    gradient_booster: z.looseObject({
      model: z.looseObject({
        gbtree_model_param: z.looseObject({ num_trees: z.string() }),
        iteration_indptr: z.array(z.number()),
        tree_info: z.array(z.number()),
        trees: z.array(treeSchema),
      }),
    }),
  }),
});
type Model = z.infer<typeof modelSchema>;
type Tree = z.infer<typeof treeSchema>;

/**
 * One model whose margin is the mean of the margins of several: the trees of all, in the order given, every leaf divided by their number
 * in float32. All must come from the same rows, so that the base score from which each sum starts is the same; the mean then starts there
 * too. Input and output are XGBoost's JSON; what loads the result predicts from it like from any other model, so that "equal to XGBoost bit
 * for bit" means the same as for one seed.
 */
export function meanModel(models: readonly Uint8Array[]): Uint8Array {
  const parsed = models.map((model) => modelSchema.parse(JSON.parse(new TextDecoder().decode(model))));
  const [first] = parsed;
  if (first === undefined) throw new AppError("internal", "a mean of no models was asked for");
  requireOneBaseScore(parsed);
  const trees = parsed.flatMap((model) => model.learner.gradient_booster.model.trees);
  const { learner } = first;
  const { gradient_booster } = learner;
  const model = {
    ...gradient_booster.model,
    trees: trees.map((tree, id) => ({ ...withFloats(scaled(tree, models.length)), id })),
    tree_info: trees.map(() => 0),
    iteration_indptr: [...trees.keys(), trees.length],
    gbtree_model_param: { ...gradient_booster.model.gbtree_model_param, num_trees: String(trees.length) },
  };
  const mean = { ...first, learner: { ...learner, gradient_booster: { ...gradient_booster, model } } };
  return new TextEncoder().encode(JSON.stringify(mean));
}

function requireOneBaseScore(models: readonly Model[]): void {
  const scores = new Set(models.map((model) => model.learner.learner_model_param.base_score));
  if (scores.size === 1) return;
  throw new AppError("internal", `models that start from ${[...scores].join(" and ")} have no mean that is a model`);
}

function scaled(tree: Tree, models: number): Tree {
  const divide = (value: number, node: number) => (tree.left_children[node] === -1 ? Math.fround(value / models) : value);
  return { ...tree, split_conditions: tree.split_conditions.map(divide), base_weights: tree.base_weights.map(divide) };
}

/** XGBoost reads a number without a point as an integer and refuses it where a float should stand, so 0 is written 0.0. */
function withFloats(tree: Tree) {
  const asFloats = (values: readonly number[]) => values.map((value) => JSON.rawJSON(floatText(value)));
  const { split_conditions, base_weights, loss_changes, sum_hessian } = tree;
  return {
    ...tree,
    split_conditions: asFloats(split_conditions),
    base_weights: asFloats(base_weights),
    loss_changes: asFloats(loss_changes),
    sum_hessian: asFloats(sum_hessian),
  };
}

/** As many digits as tell a float32 from its neighbours. */
function floatText(value: number): string {
  const text = String(Number(Math.fround(value).toPrecision(9)));
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
