import { ZSCORE_OF_20 } from "./checks/featureRange.ts";
import { eachBar } from "./columns/eachBar.ts";
import { defineFeature } from "./defineFeature.ts";
import { mean, sampleStd } from "./stats.ts";
import { closeMeans, closeStds } from "./zscore.ts";

const BAND_STDS = 2;

export const bollinger_pct_b_20 = defineFeature({
  name: "bollinger_pct_b_20",
  version: 1,
  unit: "ratio",
  range: { min: 0.5 + ZSCORE_OF_20.min / 4, max: 0.5 + ZSCORE_OF_20.max / 4 },
  lookback_bars: 20,
  description: "Place of mid between the Bollinger bands (20 bars, 2 sample standard deviations): 0 lower, 1 upper.",
  formula:
    "Bollinger's %b: (mid - lower) / (upper - lower), bands at mean20(mid) -+ 2 std20(mid), sample std. 0 on the lower band, 1 on the upper, beyond either outside. Warm-up: 20 bars. Null when the bands have no width. Bollinger 2001.",
  compute: (w) => percentB(w.mid_c[w.length - 1]!, mean(w.mid_c), sampleStd(w.mid_c)),
  column: ({ mid_c, length }, shared) => {
    const [means, stds] = [shared.of(closeMeans), shared.of(closeStds)];
    return eachBar(length, (t) => percentB(mid_c[t]!, means[t]!, stds[t]!));
  },
});

function percentB(close: number, mean_close: number, std_close: number): number {
  const half_width = BAND_STDS * std_close;
  const lower = mean_close - half_width;
  return (close - lower) / (2 * half_width);
}
