import { counted } from "../domain/counted.ts";
import { float32Sigmoid } from "./float32Sigmoid.ts";
import { CATEGORIES_WORD, FEATURE_MASK, FEATURE_WORD, LEFT_WORD, NODE_WORDS, type TreeEnsemble, VALUE_WORD } from "./treeLayout.ts";

export type { TreeEnsemble } from "./treeLayout.ts";

/**
 * Sum of the leaves that `x[offset ..]` reaches, plus the base margin. Bit for bit XGBoost's CPU predictor: `x < threshold` in float32
 * goes left, NaN is missing and follows the node's default, and the float32 sum runs from the base margin in tree order.
 */
export function predictMargin(model: TreeEnsemble, x: Float32Array, offset = 0): number {
  const { roots, words, values } = model;
  if (offset < 0 || offset + model.feature_names.length > x.length) {
    throw new RangeError(`x holds ${counted(x.length, "value")}; the model needs ${model.feature_names.length} from offset ${offset}`);
  }
  if (model.categories !== null) return marginWithCategories(model, x, offset);
  let margin = model.base_margin;
  for (let tree = 0; tree < roots.length; tree++) {
    let node = roots[tree]!;
    let left = words[node + LEFT_WORD]!;
    while (left !== 0) {
      const feature = words[node + FEATURE_WORD]!;
      const value = x[offset + (feature & FEATURE_MASK)]!;
      const goes_left = value < values[node + VALUE_WORD]! || (feature < 0 && Number.isNaN(value));
      node = goes_left ? left : left + NODE_WORDS;
      left = words[node + LEFT_WORD]!;
    }
    margin = Math.fround(margin + values[node + VALUE_WORD]!);
  }
  return margin;
}

/** True where the row that starts at `x[offset]` goes left at an inner node: of splits on numbers and on categories alike. */
export function goesLeft({ words, values, categories }: TreeEnsemble, node: number, x: Float32Array, offset = 0): boolean {
  const feature = words[node + FEATURE_WORD]!;
  const value = x[offset + (feature & FEATURE_MASK)]!;
  if (Number.isNaN(value)) return feature < 0;
  const set = words[node + CATEGORIES_WORD]!;
  return set === 0 || categories === null ? value < values[node + VALUE_WORD]! : !isInSet(categories, set - 1, value);
}

/** The same walk where some splits are on categories: it asks of each node which kind it is, and only such models pay for that. */
function marginWithCategories(model: TreeEnsemble, x: Float32Array, offset: number) {
  const { roots, words, values } = model;
  let margin = model.base_margin;
  for (const root of roots) {
    let node = root;
    for (let left = words[node + LEFT_WORD]!; left !== 0; left = words[node + LEFT_WORD]!) {
      node = goesLeft(model, node, x, offset) ? left : left + NODE_WORDS;
    }
    margin = Math.fround(margin + values[node + VALUE_WORD]!);
  }
  return margin;
}

/** Codes of the set go right, every other number goes left: fractions count as their whole part, what is below 0 or beyond the set as none. */
function isInSet(categories: Int32Array, at: number, value: number): boolean {
  if (!(value >= 0) || value >= 32 * categories[at]!) return false;
  const code = Math.trunc(value);
  return ((categories[at + 1 + (code >> 5)]! >>> (code & 31)) & 1) === 1;
}

/** Probability of class 1 for the row that starts at `x[offset]`, a float32, bit for bit as XGBoost predicts it. */
export function predictProbability(model: TreeEnsemble, x: Float32Array, offset = 0): number {
  return float32Sigmoid(predictMargin(model, x, offset));
}

/** `predictProbability` for every row of a row-major matrix. */
export function predictRows(model: TreeEnsemble, matrix: Float32Array): Float32Array {
  const width = model.feature_names.length;
  if (matrix.length % width !== 0) throw new RangeError(`a matrix of ${counted(matrix.length, "value")} is not made of rows of ${width}`);
  const probabilities = new Float32Array(matrix.length / width);
  for (let row = 0; row < probabilities.length; row++) probabilities[row] = predictProbability(model, matrix, row * width);
  return probabilities;
}
