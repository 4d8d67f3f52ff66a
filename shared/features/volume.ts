import { ZSCORE_OF_20 } from "./checks/featureRange.ts";
import { eachBar } from "./columns/eachBar.ts";
import { rolling } from "./columns/rolling.ts";
import type { ColumnMaker } from "./columns/sharedColumns.ts";
import { defineFeature } from "./defineFeature.ts";
import { mean, meanOfRange, stdOfRange, zscoreOfLast } from "./stats.ts";

const BARS = 20;

const volumeMeans: ColumnMaker = (series) => rolling(series.volume, BARS, meanOfRange);

export const volume = defineFeature({
  name: "volume",
  version: 1,
  unit: "ticks",
  lookback_bars: 1,
  description: "Number of price ticks in the bar.",
  formula: "Number of price ticks in the bar. Spot FX has no consolidated volume; ticks stand in for activity.",
  compute: (w) => w.volume[0]!,
  column: (series) => series.volume,
});

export const volume_ma_20 = defineFeature({
  name: "volume_ma_20",
  version: 1,
  unit: "ticks",
  nulls: { most: 0.5, without: "volume" },
  lookback_bars: BARS,
  description: "Mean tick count of the last 20 bars.",
  formula: "mean20(volume). Warm-up: 20 bars, each with a volume.",
  compute: (w) => mean(w.volume),
  column: (_series, shared) => shared.of(volumeMeans),
});

export const volume_ratio_20 = defineFeature({
  name: "volume_ratio_20",
  version: 1,
  unit: "ratio",
  range: { min: 0, max: 20 },
  lookback_bars: BARS,
  description: "Tick count of the bar over its 20-bar mean.",
  formula: "volume / mean20(volume). Warm-up: 20 bars.",
  compute: (w) => {
    const ticks = w.volume;
    return ticks[ticks.length - 1]! / mean(ticks);
  },
  column: ({ volume: ticks, length }, shared) => {
    const means = shared.of(volumeMeans);
    return eachBar(length, (t) => ticks[t]! / means[t]!);
  },
});

export const volume_zscore_20 = defineFeature({
  name: "volume_zscore_20",
  version: 1,
  unit: "std",
  range: ZSCORE_OF_20,
  lookback_bars: BARS,
  description: "Distance of the tick count from its 20-bar mean, in sample standard deviations.",
  formula: "(volume - mean20(volume)) / std20(volume), sample std. Warm-up: 20 bars.",
  compute: (w) => zscoreOfLast(w.volume),
  column: ({ volume: ticks, length }, shared) => {
    const means = shared.of(volumeMeans);
    const stds = rolling(ticks, BARS, stdOfRange);
    return eachBar(length, (t) => (ticks[t]! - means[t]!) / stds[t]!);
  },
});
