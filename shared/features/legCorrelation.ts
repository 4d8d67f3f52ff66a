import type { Instrument } from "../domain/instrument.ts";
import type { CloseSeries } from "./barSeries.ts";
import { OWN_BARS } from "./barsOf.ts";
import { eachBar } from "./columns/eachBar.ts";
import { defineFeature, type MarketFeature } from "./defineFeature.ts";
import { correlation } from "./stats.ts";

/** Common bars that the correlation is taken over. */
const COMMON_BARS = 50;

/** How far back the common bars may lie: an instrument that misses more than half of its hours has no correlation. */
const LOOKBACK_BARS = 2 * COMMON_BARS + 1;

export function legCorrelation(leg: Instrument): MarketFeature {
  return defineFeature({
    name: `corr_50_${leg}`,
    version: 1,
    unit: "correlation",
    lookback_bars: LOOKBACK_BARS,
    leg,
    bars_of: [OWN_BARS, leg],
    description: `Correlation of ret_1 with that of ${leg} over the last 50 common bars. Null in the rows of ${leg} itself.`,
    formula:
      "Pearson correlation of the one-bar log returns of two instruments over their last 50 common bars, those where both have a bar at the same start and a return. Nothing is filled in. Warm-up = lookback = 101 bars; null when they hold fewer than 50 common bars, or when one side did not move.",
    compute: (w) => {
      const other = w.leg(leg);
      if (!other) return null;
      const own_returns = new Float64Array(COMMON_BARS);
      const leg_returns = new Float64Array(COMMON_BARS);
      const [own_start, own_ret, leg_start, leg_ret] = [w.start, w.ret, other.start, other.ret];
      let found = 0;
      // The first bar of either side has no return within the window, so neither index goes below 1.
      for (let i = own_start.length - 1, j = leg_start.length - 1; i > 0 && j > 0 && found < COMMON_BARS; ) {
        const difference = own_start[i]! - leg_start[j]!;
        if (difference === 0) {
          found += 1;
          own_returns[COMMON_BARS - found] = own_ret[i - 1]!;
          leg_returns[COMMON_BARS - found] = leg_ret[j - 1]!;
        }
        if (difference >= 0) i -= 1;
        if (difference <= 0) j -= 1;
      }
      return found < COMMON_BARS ? null : correlation(own_returns, leg_returns);
    },
    column: (series, { legs }) => {
      const other = legs.get(leg);
      return other ? correlationsWith(series, other) : new Float64Array(series.length).fill(Number.NaN);
    },
  });
}

/** The common bars of the two are found once, in order; those of a row are the last 50 of them, where all lie within its look-back. */
function correlationsWith(own: CloseSeries, other: CloseSeries): Float64Array {
  const [own_at, other_at] = [new Int32Array(own.length), new Int32Array(own.length)];
  const [own_returns, other_returns] = [new Float64Array(COMMON_BARS), new Float64Array(COMMON_BARS)];
  let [found, next, other_from] = [0, 0, 0];
  return eachBar(own.length, (t) => {
    while (next < other.length && other.start[next]! < own.start[t]!) next++;
    if (other.start[next] === own.start[t]) {
      own_at[found] = t;
      other_at[found] = next;
      found += 1;
    }
    const from = Math.max(0, t - LOOKBACK_BARS + 1);
    while (other_from < other.length && other.start[other_from]! < own.start[from]!) other_from++;
    const first = found - COMMON_BARS;
    // As in a window: the first bar of either side has no return within it.
    if (first < 0 || own_at[first]! <= from || other_at[first]! <= other_from) return Number.NaN;
    for (let i = 0; i < COMMON_BARS; i++) {
      own_returns[i] = own.ret[own_at[first + i]!]!;
      other_returns[i] = other.ret[other_at[first + i]!]!;
    }
    return correlation(own_returns, other_returns);
  });
}
