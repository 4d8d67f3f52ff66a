import { type ClassificationInput, checkClassificationInput, type OverlapOptions } from "./classificationInput.ts";
import { effectiveRows } from "./effectiveRows.ts";
import { type Interval, Z_95 } from "./interval.ts";

/** A rise is predicted at this probability and above: the rule of /predict's `direction`. */
export const RISE_THRESHOLD = 0.5;

/**
 * Wilson's score interval for a proportion of k in n:
 *
 *   [ (q + z^2/2n) +- z sqrt( q(1-q)/n + z^2/4n^2 ) ] / (1 + z^2/n),  q = k/n, z = 1.96
 *
 * Unlike q +- z se it stays inside [0, 1] and keeps its coverage near the ends. Null for n = 0. Rows are taken as independent; of
 * dependent ones give the number that they are worth, with its fraction.
 * Reference: Wilson 1927, JASA 22(158); Brown, Cai & DasGupta 2001, Statistical Science 16(2).
 */
export function wilsonInterval(successes: number, trials: number): Interval | null {
  if (trials === 0) return null;
  const share = successes / trials;
  const z2 = Z_95 * Z_95;
  const centre = share + z2 / (2 * trials);
  const half_width = Z_95 * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials));
  const scale = 1 + z2 / trials;
  return {
    estimate: share,
    // At k = 0 and k = n the bound is exactly 0 or 1; rounding must not put it beyond the estimate.
    low: successes === 0 ? 0 : (centre - half_width) / scale,
    high: successes === trials ? 1 : (centre + half_width) / scale,
  };
}

/**
 * Share of rows whose direction was predicted right (rise when p >= 0.5), with Wilson's 95 % interval for so many independent rows as the
 * labels are worth (effectiveRows.ts). Null for no rows.
 */
export function accuracy(input: ClassificationInput & OverlapOptions): Interval | null {
  checkClassificationInput(input);
  let right = 0;
  for (let i = 0; i < input.y.length; i++) {
    if ((input.p[i]! >= RISE_THRESHOLD ? 1 : 0) === input.y[i]) right++;
  }
  const { horizon_bars = 1 } = input;
  return wilsonInterval(effectiveRows(right, horizon_bars), effectiveRows(input.y.length, horizon_bars));
}
