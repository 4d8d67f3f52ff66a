import { defineFeature } from "./defineFeature.ts";
import { mean, zscoreOfLast } from "./stats.ts";

const BARS = 20;

/** mean20(mid), in quote currency. Warm-up: 20 bars. */
export const roll_mean_20 = defineFeature({
  name: "roll_mean_20",
  version: 1,
  unit: "price",
  lookback_bars: BARS,
  description: "Mean of the last 20 mid closes.",
  compute: (w) => mean(w.mid_c),
});

/**
 * (mid - mean20(mid)) / std20(mid), with the sample std of the PRICE, the same quantity as the numerator. Warm-up: 20
 * bars. Null when the price has not moved in 20 bars.
 */
export const zscore_20 = defineFeature({
  name: "zscore_20",
  version: 1,
  unit: "std",
  lookback_bars: BARS,
  description: "Distance of mid from its 20-bar mean, in sample standard deviations of mid over the same 20 bars.",
  compute: (w) => zscoreOfLast(w.mid_c),
});
