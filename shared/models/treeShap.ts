import { gaussLegendre } from "./gaussLegendre.ts";
import { meanLeaf, sharesOf } from "./nodeShares.ts";
import { goesLeft, predictMargin } from "./treeEnsemble.ts";
import { FEATURE_MASK, FEATURE_WORD, LEFT_WORD, NODE_WORDS, type TreeEnsemble, VALUE_WORD } from "./treeLayout.ts";

/** What each input did to a row's margin, in log-odds. */
export interface Contributions {
  /** The row's margin, as the trees sum it in float32. */
  readonly margin: number;
  /** The margin where nothing is known of a row: the base margin and the mean leaf of every tree, weighted by cover. */
  readonly bias: number;
  /** Of each of the model's inputs, in its order. With `bias` they sum to the margin, but for the rounding of that float32 sum. */
  readonly contributions: Float64Array;
}

/** Deeper trees are not trained by anybody; each level is a call on the stack. */
const MOST_DEPTH = 128;

/**
 * Shapley values of a row, exact, where the value of a set of inputs is the path-dependent expectation: at a split on an input outside of the
 * set both sides are taken, each by its share of the training rows (cover). It is what XGBoost's pred_contribs and `shap.TreeExplainer`
 * with feature_perturbation="tree_path_dependent" say.
 *
 * Of a leaf with value v whose path asks d inputs, o_j being 1 where the row takes all their branches on it and z_j the product of the shares:
 *   phi_i = v (o_i - z_i) x integral over t in [0, 1] of the product over j other than i of ((1 - t) z_j + t o_j)
 * since t^k (1 - t)^(d-1-k) integrates to Shapley's weight k! (d-1-k)! / d!. The integrand is a polynomial of degree d - 1, so that d / 2
 * points of Gauss-Legendre give it exactly. All leaves below a branch share its factor: one walk over the nodes, with the products carried
 * down and the sums of leaves carried up, does every input at once, in nodes x d / 2 steps.
 * Reference: Lundberg, Erion and Lee 2018 (arXiv:1802.03888), algorithm 2, which has the same values in leaves x d^2 steps; the integral is
 * Owen's multilinear extension (Management Science 18, 1972); sums over subtrees as in Yu et al. 2022 (arXiv:2209.08192).
 *
 * Null where the file does not hold the covers, or its trees are deeper than 128 splits.
 */
export function createTreeExplainer(model: TreeEnsemble): ((x: Float32Array) => Contributions) | null {
  const shares = sharesOf(model);
  if (shares === null || shares.depth > MOST_DEPTH) return null;
  const bias = model.roots.reduce((sum, root) => sum + meanLeaf(model, shares.of, root), model.base_margin);
  const walk = createWalk(model, shares.of, shares.depth);
  return (x) => ({ margin: predictMargin(model, x), bias, contributions: walk(x) });
}

/** The scratch space is kept between rows: a walk is done before the next begins. */
function createWalk(model: TreeEnsemble, shares: Float64Array, depth: number): (x: Float32Array) => Float64Array {
  const { words, values, roots } = model;
  const width = model.feature_names.length;
  const { points, weights } = gaussLegendre(Math.max(1, Math.ceil(Math.min(depth, width) / 2)));
  const count = points.length;
  /** Of each level: the product of the factors of the path, and the sum over the leaves below of value x product. At each point. */
  const products = new Float64Array((depth + 1) * count);
  const sums = new Float64Array((depth + 1) * count);
  /** Of each input on the path at hand: o and z. */
  const is_taken = new Float64Array(width);
  const share = new Float64Array(width);
  let x: Float32Array = new Float32Array(0);
  let phi = new Float64Array(0);

  function visit(node: number, at: number): void {
    const left = words[node + LEFT_WORD]!;
    if (left === 0) {
      const value = values[node + VALUE_WORD]!;
      for (let q = 0; q < count; q++) sums[at + q] = value * products[at + q]!;
      return;
    }
    for (let q = 0; q < count; q++) sums[at + q] = 0;
    const feature = words[node + FEATURE_WORD]! & FEATURE_MASK;
    const goes_left = goesLeft(model, node, x);
    branch(left, feature, goes_left, at);
    branch(left + NODE_WORDS, feature, !goes_left, at);
  }

  /**
   * Goes below one side of a split, and adds what the leaves there say of its input. One that the path has asked before has had its part of
   * them counted by its factor of then, above: that is taken back, at the same points, so that it cancels.
   */
  function branch(child: number, feature: number, is_hot: boolean, at: number): void {
    const [o_before, z_before] = [is_taken[feature]!, share[feature]!];
    const o = is_hot ? o_before : 0;
    const z = z_before * shares[child / NODE_WORDS]!;
    // No row ever came here, and this one does not either: nothing below counts.
    if (o === 0 && z === 0) return;
    const below = at + count;
    for (let q = 0; q < count; q++) {
      const t = points[q]!;
      products[below + q] = (products[at + q]! * (z * (1 - t) + o * t)) / (z_before * (1 - t) + o_before * t);
    }
    is_taken[feature] = o;
    share[feature] = z;
    visit(child, below);
    is_taken[feature] = o_before;
    share[feature] = z_before;
    let change = 0;
    for (let q = 0; q < count; q++) {
      const t = points[q]!;
      const sum = sums[below + q]!;
      sums[at + q]! += sum;
      change += weights[q]! * sum * ((o - z) / (z * (1 - t) + o * t) - (o_before - z_before) / (z_before * (1 - t) + o_before * t));
    }
    phi[feature]! += change;
  }

  return (row) => {
    x = row;
    phi = new Float64Array(width);
    products.fill(1, 0, count);
    is_taken.fill(1);
    share.fill(1);
    for (const root of roots) visit(root, 0);
    return phi;
  };
}
