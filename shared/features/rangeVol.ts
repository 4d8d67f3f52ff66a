import { UP_TO_ONE } from "./checks/featureRange.ts";
import { NEVER_NULL } from "./checks/nullLimit.ts";
import { eachBar } from "./columns/eachBar.ts";
import { rolling } from "./columns/rolling.ts";
import type { ColumnMaker } from "./columns/sharedColumns.ts";
import { defineFeature } from "./defineFeature.ts";
import { logReturn, sumOfRange } from "./stats.ts";

/** The variance of a driftless Brownian motion is E[ln(H/L)^2] / (4 ln 2). Parkinson 1980, Journal of Business 53. */
const PARKINSON_SCALE = 4 * Math.LN2;

/** ln(H/L) of every bar. */
export const rangeLogs: ColumnMaker = ({ mid_h, mid_l, length }) => eachBar(length, (t) => logReturn(mid_l[t]!, mid_h[t]!));

export const parkinson_vol_20 = defineFeature({
  name: "parkinson_vol_20",
  version: 1,
  unit: "log_return",
  nulls: NEVER_NULL,
  range: UP_TO_ONE,
  lookback_bars: 20,
  description: "Parkinson volatility of mid from the high-low ranges of 20 bars, per bar.",
  formula:
    "sqrt(mean20(ln(H/L)^2) / (4 ln 2)) of mid, per bar: the root of the mean, not the mean of roots, which is 9 % too low. Warm-up: 20 bars. Parkinson 1980, Journal of Business 53.",
  compute: (w) => {
    const low = w.mid_l;
    let sum = 0;
    for (const [i, high] of w.mid_h.entries()) sum += logReturn(low[i]!, high) ** 2;
    return Math.sqrt(sum / low.length / PARKINSON_SCALE);
  },
  column: (_series, shared) => {
    const squares = shared.of(rangeLogs).map((log) => log ** 2);
    return rolling(squares, 20, sumOfRange).map((sum) => Math.sqrt(sum / 20 / PARKINSON_SCALE));
  },
});

export const range_vol_5 = defineFeature({
  name: "range_vol_5",
  version: 1,
  unit: "ratio",
  nulls: NEVER_NULL,
  range: UP_TO_ONE,
  lookback_bars: 5,
  description: "Highest high minus lowest low of mid over 5 bars, as a share of mid.",
  formula: "(max5 high - min5 low) / mid. Warm-up: 5 bars.",
  compute: (w) => (Math.max(...w.mid_h) - Math.min(...w.mid_l)) / w.mid_c[w.length - 1]!,
  column: ({ mid_h, mid_l, mid_c, length }) => {
    const [highest, lowest] = [rolling(mid_h, 5, highestOfRange), rolling(mid_l, 5, lowestOfRange)];
    return eachBar(length, (t) => (highest[t]! - lowest[t]!) / mid_c[t]!);
  },
});

function highestOfRange(values: Float64Array, from: number, to: number): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = from; i < to; i++) highest = Math.max(highest, values[i]!);
  return highest;
}

function lowestOfRange(values: Float64Array, from: number, to: number): number {
  let lowest = Number.POSITIVE_INFINITY;
  for (let i = from; i < to; i++) lowest = Math.min(lowest, values[i]!);
  return lowest;
}
