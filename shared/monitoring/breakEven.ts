import type { BarSeries } from "../features/barSeries.ts";

/** Bars over which the size of a move is taken: as vol_20. */
const MOVE_BARS = 20;

/**
 * Probability from which a trade on the row of each bar is worth its cost, as known at the bar's end:
 *
 *   p* = 1/2 + s / (2 E|r|),   s = ln(ask_close / bid_close),   E|r| = mean |r| of the last 20 bars
 *
 * A trade that is right with probability p earns (2p - 1) E|r| and pays one spread for its round trip (half of it at each end), which is
 * above 0 from p* on. Dimensionless; above 1 where the spread is larger than the move: then no forecast is worth trading. NaN without
 * bid and ask, and during the first 20 bars. Assumes that a right and a wrong call move the price by the same.
 */
export function breakEvenProbabilities({ length, ret, ask_c, bid_c }: BarSeries): Float64Array {
  const out = new Float64Array(length).fill(Number.NaN);
  for (let i = MOVE_BARS; i < length; i++) {
    let moved = 0;
    for (let k = i - MOVE_BARS + 1; k <= i; k++) moved += Math.abs(ret[k]!);
    out[i] = 0.5 + Math.log(ask_c[i]! / bid_c[i]!) / (2 * (moved / MOVE_BARS));
  }
  return out;
}

/** 1: buy, -1: sell, 0: no forecast that is worth the spread. */
export type Position = 1 | -1 | 0;

export function positionOf(probability: number, break_even: number): Position {
  if (probability > break_even) return 1;
  return 1 - probability > break_even ? -1 : 0;
}
