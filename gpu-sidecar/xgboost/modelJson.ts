import { z } from "zod";

declare global {
  interface JSON {
    /** A value that JSON.stringify writes as this text (Node 21 and later; not yet in TypeScript's library). */
    rawJSON(text: string): object;
  }
}

const numbers = z.array(z.number());
const treeSchema = z.looseObject({
  tree_param: z.looseObject({ num_nodes: z.string() }),
  left_children: numbers,
  right_children: numbers,
  parents: numbers,
  split_indices: numbers,
  split_conditions: numbers,
  default_left: numbers,
  base_weights: numbers,
  loss_changes: numbers,
  sum_hessian: numbers,
});
const modelSchema = z.looseObject({
  learner: z.looseObject({
    feature_names: z.array(z.string()),
    feature_types: z.array(z.string()),
    learner_model_param: z.looseObject({ base_score: z.string(), num_feature: z.string() }),
    gradient_booster: z.looseObject({
      model: z.looseObject({
        gbtree_model_param: z.looseObject({ num_trees: z.string() }),
        iteration_indptr: numbers,
        tree_info: numbers,
        trees: z.array(treeSchema),
      }),
    }),
  }),
});
export type JsonModel = z.infer<typeof modelSchema>;
export type JsonTree = z.infer<typeof treeSchema>;

/** XGBoost's JSON of a model that was trained here, as far as it is rewritten. */
export function readModelJson(model: Uint8Array): JsonModel {
  return modelSchema.parse(JSON.parse(new TextDecoder().decode(model)));
}

/** The model again with these trees, in XGBoost's JSON, so that it loads it. */
export function writeModelJson(document: JsonModel, trees: readonly JsonTree[]): Uint8Array {
  const { learner } = document;
  const { gradient_booster } = learner;
  const model = {
    ...gradient_booster.model,
    trees: trees.map((tree, id) => ({ ...withFloats(tree), id })),
    tree_info: trees.map(() => 0),
    iteration_indptr: [...trees.keys(), trees.length],
    gbtree_model_param: { ...gradient_booster.model.gbtree_model_param, num_trees: String(trees.length) },
  };
  return new TextEncoder().encode(
    JSON.stringify({ ...document, learner: { ...learner, gradient_booster: { ...gradient_booster, model } } }),
  );
}

/** XGBoost reads a number without a point as an integer and refuses it where a float should stand, so 0 is written 0.0. */
function withFloats(tree: JsonTree) {
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
