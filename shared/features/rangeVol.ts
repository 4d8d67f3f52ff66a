import { defineFeature } from "./defineFeature.ts";
import { logReturn } from "./stats.ts";

/** The variance of a driftless Brownian motion is E[ln(H/L)^2] / (4 ln 2). Parkinson 1980, Journal of Business 53. */
const PARKINSON_SCALE = 4 * Math.LN2;

/**
 * sqrt(mean20(ln(H/L)^2) / (4 ln 2)) of mid, per bar: the root of the mean, not the mean of roots, which is 9 % too low.
 * Warm-up: 20 bars.
 */
export const parkinson_vol_20 = defineFeature({
  name: "parkinson_vol_20",
  version: 1,
  unit: "log_return",
  lookback_bars: 20,
  description: "Parkinson volatility of mid from the high-low ranges of 20 bars, per bar.",
  compute: (w) => {
    const low = w.mid_l;
    let sum = 0;
    for (const [i, high] of w.mid_h.entries()) sum += logReturn(low[i]!, high) ** 2;
    return Math.sqrt(sum / low.length / PARKINSON_SCALE);
  },
});

/** (max5 high - min5 low) / mid. Warm-up: 5 bars. */
export const range_vol_5 = defineFeature({
  name: "range_vol_5",
  version: 1,
  unit: "ratio",
  lookback_bars: 5,
  description: "Highest high minus lowest low of mid over 5 bars, as a share of mid.",
  compute: (w) => (Math.max(...w.mid_h) - Math.min(...w.mid_l)) / w.mid_c[w.length - 1]!,
});
