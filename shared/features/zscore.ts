import { ZSCORE_OF_20 } from "./checks/featureRange.ts";
import { NEVER_NULL } from "./checks/nullLimit.ts";
import { eachBar } from "./columns/eachBar.ts";
import { rolling } from "./columns/rolling.ts";
import type { ColumnMaker } from "./columns/sharedColumns.ts";
import { defineFeature } from "./defineFeature.ts";
import { mean, meanOfRange, stdOfRange, zscoreOfLast } from "./stats.ts";

const BARS = 20;

/** mean20 and std20 of mid at every bar. */
export const closeMeans: ColumnMaker = ({ mid_c }) => rolling(mid_c, BARS, meanOfRange);
export const closeStds: ColumnMaker = ({ mid_c }) => rolling(mid_c, BARS, stdOfRange);

export const roll_mean_20 = defineFeature({
  name: "roll_mean_20",
  version: 1,
  unit: "price",
  nulls: NEVER_NULL,
  lookback_bars: BARS,
  description: "Mean of the last 20 mid closes.",
  formula: "mean20(mid), in quote currency. Warm-up: 20 bars.",
  compute: (w) => mean(w.mid_c),
  column: (_series, shared) => shared.of(closeMeans),
});

export const zscore_20 = defineFeature({
  name: "zscore_20",
  version: 1,
  unit: "std",
  range: ZSCORE_OF_20,
  lookback_bars: BARS,
  description: "Distance of mid from its 20-bar mean, in sample standard deviations of mid over the same 20 bars.",
  formula:
    "(mid - mean20(mid)) / std20(mid), with the sample std of the PRICE, the same quantity as the numerator. Warm-up: 20 bars. Null when the price has not moved in 20 bars.",
  compute: (w) => zscoreOfLast(w.mid_c),
  column: ({ mid_c, length }, shared) => {
    const [means, stds] = [shared.of(closeMeans), shared.of(closeStds)];
    return eachBar(length, (t) => (mid_c[t]! - means[t]!) / stds[t]!);
  },
});
