import type { ClassificationInput } from "../metrics/classificationInput.ts";
import type { Calibrator } from "./calibrator.ts";

/** Probabilities are moved this far inside (0, 1), half a step of a float32 below 1, so that every margin is finite. */
const CLOSEST = 2 ** -25;
const MAX_STEPS = 100;
/** A step of Newton's is halved this often at most before the search ends. */
const MAX_HALVINGS = 40;
/** Added to the Hessian's diagonal, so that margins which are all the same leave it invertible. */
const RIDGE = 1e-12;
/** Gradient a row at which the search ends. */
const TOLERANCE = 1e-12;

export type Platt = Extract<Calibrator, { kind: "platt" }>;
/** What is found, whichever way it points. */
export type PlattFit = Pick<Platt, "slope" | "intercept">;

/**
 * Slope and intercept of Platt's sigmoid on the margins ln(p / (1 - p)), with his smoothed targets: (N+ + 1) / (N+ + 2) for a rise and
 * 1 / (N- + 2) for a fall, which keep it finite where the margins separate the rows. A slope below 1 draws probabilities towards the base
 * rate, one above it away; one of 0 or below says that the margins tell nothing, or the wrong way round: the caller refuses it.
 *
 * Newton's method, each step halved until it lowers the loss, which is convex; every logarithm of a number that cannot overflow.
 * References: Platt 1999, in Advances in Large Margin Classifiers; Lin, Lin & Weng 2007, Machine Learning 68(3), algorithm 1.
 */
export function fitPlatt({ y, p }: ClassificationInput): PlattFit {
  const rows = targetsOf(y, p);
  let fit: PlattFit = { slope: 0, intercept: Math.log((rows.positives + 1) / (rows.negatives + 1)) };
  let loss = lossOf(rows, fit);
  for (let step = 0; step < MAX_STEPS; step++) {
    const next = newtonStep(rows, fit, loss);
    if (next === null) break;
    [fit, loss] = [next.fit, next.loss];
  }
  return fit;
}

interface Rows {
  readonly margins: Float64Array;
  readonly targets: Float64Array;
  readonly positives: number;
  readonly negatives: number;
}

function targetsOf(y: ArrayLike<number>, p: ArrayLike<number>): Rows {
  let positives = 0;
  for (let row = 0; row < y.length; row++) positives += y[row]!;
  const negatives = y.length - positives;
  const [rise, fall] = [(positives + 1) / (positives + 2), 1 / (negatives + 2)];
  return {
    margins: Float64Array.from(p, (probability) => {
      const inside = Math.min(Math.max(probability, CLOSEST), 1 - CLOSEST);
      return Math.log(inside / (1 - inside));
    }),
    targets: Float64Array.from(y, (label) => (label === 1 ? rise : fall)),
    positives,
    negatives,
  };
}

/** Cross entropy of the targets, in nats over all rows: ln(1 + e^-|z|) + |z| - t z where z > 0, and its mirror. */
function lossOf({ margins, targets }: Rows, { slope, intercept }: PlattFit): number {
  let loss = 0;
  for (let row = 0; row < margins.length; row++) {
    const z = slope * margins[row]! + intercept;
    loss += Math.max(z, 0) - targets[row]! * z + Math.log1p(Math.exp(-Math.abs(z)));
  }
  return loss;
}

/** A step to a lower loss; null where there is none. */
function newtonStep(rows: Rows, fit: PlattFit, loss: number): { fit: PlattFit; loss: number } | null {
  const { slope: g1, intercept: g2, h11, h12, h22 } = derivatives(rows, fit);
  if (Math.max(Math.abs(g1), Math.abs(g2)) <= TOLERANCE * rows.margins.length) return null;
  const determinant = h11 * h22 - h12 * h12;
  const direction = { slope: -(h22 * g1 - h12 * g2) / determinant, intercept: -(h11 * g2 - h12 * g1) / determinant };
  let length = 1;
  for (let halving = 0; halving < MAX_HALVINGS; halving++, length /= 2) {
    const tried = { slope: fit.slope + length * direction.slope, intercept: fit.intercept + length * direction.intercept };
    const reached = lossOf(rows, tried);
    if (reached < loss) return { fit: tried, loss: reached };
  }
  return null;
}

/** Gradient by slope and intercept, and the Hessian's three numbers. */
function derivatives({ margins, targets }: Rows, { slope, intercept }: PlattFit) {
  const sums = { slope: 0, intercept: 0, h11: RIDGE, h12: 0, h22: RIDGE };
  for (let row = 0; row < margins.length; row++) {
    const margin = margins[row]!;
    const probability = 1 / (1 + Math.exp(-(slope * margin + intercept)));
    const [miss, weight] = [probability - targets[row]!, probability * (1 - probability)];
    sums.slope += miss * margin;
    sums.intercept += miss;
    sums.h11 += weight * margin * margin;
    sums.h12 += weight * margin;
    sums.h22 += weight;
  }
  return sums;
}
