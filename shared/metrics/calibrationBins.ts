import { type ClassificationInput, checkClassificationInput } from "./classificationInput.ts";

/** Bins of calibration figures: enough to see a bend, and of a thousand rows each still has a hundred. */
export const CALIBRATION_BINS = 10;

export interface CalibrationBin {
  /** Positions in y and p. */
  readonly rows: readonly number[];
  readonly mean_p: number;
  /** Share of its rows that rose. */
  readonly rate: number;
}

/**
 * The rows by ascending probability in bins of about equal size. Equal probabilities stay together, so that a model of few different ones
 * has fewer bins and no row is counted against a neighbour with the same p by chance. No bin is empty; no rows give no bins.
 * Reference for bins of equal mass: Nguyen & O'Connor 2015, EMNLP.
 */
export function calibrationBins(input: ClassificationInput, bins = CALIBRATION_BINS): readonly CalibrationBin[] {
  checkClassificationInput(input);
  const { y, p } = input;
  const order = Uint32Array.from(p, (_, row) => row).sort((a, b) => p[a]! - p[b]! || a - b);
  const found: CalibrationBin[] = [];
  let start = 0;
  for (let bin = 1; bin <= bins; bin++) {
    let end = Math.floor((bin * order.length) / bins);
    if (end <= start) continue;
    while (end < order.length && p[order[end]!] === p[order[end - 1]!]) end++;
    const rows = Array.from(order.subarray(start, end));
    found.push({ rows, mean_p: meanOf(rows, p), rate: meanOf(rows, y) });
    start = end;
  }
  return found;
}

function meanOf(rows: readonly number[], values: ArrayLike<number>): number {
  return rows.reduce((total, row) => total + values[row]!, 0) / rows.length;
}
