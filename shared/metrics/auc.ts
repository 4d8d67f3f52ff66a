import { type ClassificationInput, checkClassificationInput, type OverlapOptions } from "./classificationInput.ts";
import { effectiveRows } from "./effectiveRows.ts";
import { clampInterval, type Interval, normalInterval } from "./interval.ts";

/**
 * Area under the ROC curve: the chance that a rising row has a higher p than a falling one, ties counting half. With DeLong's 95 % interval.
 *
 * For m positives X and n negatives Y, with T the midrank among all rows and within the own class:
 *   V10(i) = (T_all(X_i) - T_X(X_i)) / n        share of negatives below positive i
 *   V01(j) = 1 - (T_all(Y_j) - T_Y(Y_j)) / m    share of positives above negative j
 *   AUC = mean V10,  se^2 = var(V10)/m + var(V01)/n   (unbiased variances)
 *
 * O(n log n) by midranks. Null with fewer than two rows of either class, where se is not defined. The interval is cut to [0, 1]; a perfect
 * ranking has se 0, a known limit of the method. Rows are taken as independent; overlapping labels widen it to what they are worth (effectiveRows.ts).
 * References: DeLong, DeLong & Clarke-Pearson 1988, Biometrics 44(3); Sun & Xu 2014, IEEE Signal Processing Letters 21(11).
 */
export function auc(input: ClassificationInput & OverlapOptions): Interval | null {
  checkClassificationInput(input);
  const { y, p, horizon_bars = 1 } = input;
  const positives = rowsOfClass(y, 1);
  const negatives = rowsOfClass(y, 0);
  if (positives.length < 2 || negatives.length < 2) return null;
  const all = midranks(Float64Array.from(p));
  const above = placements(all, positives, p, negatives.length);
  const below = placements(all, negatives, p, positives.length);
  const estimate = average(above);
  const standard_error = Math.sqrt(
    variance(above) / effectiveRows(positives.length, horizon_bars) + variance(below) / effectiveRows(negatives.length, horizon_bars),
  );
  return clampInterval(normalInterval(estimate, standard_error), 0, 1);
}

function rowsOfClass(y: ArrayLike<number>, label: number): number[] {
  const rows: number[] = [];
  for (let i = 0; i < y.length; i++) if (y[i] === label) rows.push(i);
  return rows;
}

/** For each of `rows`, the share of the other class that lies below it, ties counting half. */
function placements(all: Float64Array, rows: readonly number[], p: ArrayLike<number>, others: number): Float64Array {
  const own = midranks(Float64Array.from(rows, (row) => p[row]!));
  return Float64Array.from(rows, (row, i) => (all[row]! - own[i]!) / others);
}

/** Ranks from 1, equal values sharing the mean of their ranks. */
export function midranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}

function average(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function variance(values: Float64Array): number {
  const centre = average(values);
  return values.reduce((total, value) => total + (value - centre) ** 2, 0) / (values.length - 1);
}
