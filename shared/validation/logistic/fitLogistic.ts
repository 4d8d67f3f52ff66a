import { choleskySolver } from "./choleskySolver.ts";

export interface LogisticInput {
  /** Row-major, `width` columns, the first of them 1. */
  readonly design: Float64Array;
  readonly width: number;
  /** 0 or 1, one a row. */
  readonly y: ArrayLike<number>;
  /** L2 penalty of every weight but the first. */
  readonly penalty: number;
}

/** The gradient's largest entry, a row, at which the weights count as found: far below what a probability can show. */
const TOLERANCE = 1e-9;
const MOST_STEPS = 1_000;

/**
 * Weights that minimise  sum_i ln(1 + e^(x_i w)) - y_i x_i w  +  penalty / 2 sum_(j>0) w_j^2.
 *
 * Every step solves with the same matrix, X^T X / 4 + penalty I, which bounds the curvature from above since p (1 - p) <= 1/4: the loss
 * falls at every step, no step size is needed, and where all p are near one half, as on FX, it is Newton's method at a fraction of its
 * cost. Deterministic. Reference: Boehning & Lindsay 1988, Annals of the Institute of Statistical Mathematics 40(4).
 */
export function fitLogistic({ design, width, y, penalty }: LogisticInput): Float64Array {
  const solve = choleskySolver(curvatureBound(design, width, penalty), width);
  const weights = new Float64Array(width);
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = descent(design, width, y, weights, penalty);
    if (gradient.every((value) => Math.abs(value) <= TOLERANCE * y.length)) break;
    const move = solve(gradient);
    for (let j = 0; j < width; j++) weights[j]! += move[j]!;
  }
  return weights;
}

/** Probability of 1 for every row of a design. */
export function logisticProbabilities(design: Float64Array, weights: Float64Array): Float64Array {
  const width = weights.length;
  return Float64Array.from({ length: design.length / width }, (_, row) => probability(design, row * width, weights));
}

function probability(design: Float64Array, at: number, weights: Float64Array): number {
  let margin = 0;
  for (let j = 0; j < weights.length; j++) margin += design[at + j]! * weights[j]!;
  return 1 / (1 + Math.exp(-margin));
}

/** Minus the gradient of the loss. */
function descent(design: Float64Array, width: number, y: ArrayLike<number>, weights: Float64Array, penalty: number): Float64Array {
  const out = Float64Array.from(weights, (weight, j) => (j === 0 ? 0 : -penalty * weight));
  for (let row = 0; row < y.length; row++) {
    const residual = y[row]! - probability(design, row * width, weights);
    for (let j = 0; j < width; j++) out[j]! += residual * design[row * width + j]!;
  }
  return out;
}

/** Lower triangle of X^T X / 4 + penalty I, the intercept's place without penalty. */
function curvatureBound(design: Float64Array, width: number, penalty: number): Float64Array {
  const out = new Float64Array(width * width);
  for (let at = 0; at < design.length; at += width) {
    for (let i = 0; i < width; i++) {
      const quarter = design[at + i]! / 4;
      for (let j = 0; j <= i; j++) out[i * width + j]! += quarter * design[at + j]!;
    }
  }
  for (let i = 1; i < width; i++) out[i * width + i]! += penalty;
  return out;
}
