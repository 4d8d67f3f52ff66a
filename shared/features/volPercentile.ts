import { NEVER_NULL } from "./checks/nullLimit.ts";
import { returnStds20, vol_20 } from "./closeToCloseVol.ts";
import { rolling } from "./columns/rolling.ts";
import { defineFeature, type MarketFeature } from "./defineFeature.ts";
import { percentileOfLast, percentileOfRange, rollingStd } from "./stats.ts";

export const vol_percentile_100 = defineFeature({
  name: "vol_percentile_100",
  version: 1,
  unit: "fraction_0_1",
  nulls: NEVER_NULL,
  lookback_bars: vol_20.lookback_bars + 99,
  description: "Rank of vol_20 among its last 100 values: 0 the calmest, 1 the wildest.",
  formula:
    "Rank of vol_20 among its own last 100 values, itself included: (lower + half of the other equal ones) / 99, in [0, 1]. Causal: no later value and no whole-sample statistic. Warm-up: 120 bars, the 21 of vol_20 and 99 more of it.",
  compute: (w) => percentileOfLast(rollingStd(w.ret, 20)),
  column: (_series, shared) => rolling(shared.of(returnStds20), 100, percentileOfRange),
});

/** Thresholds of features.md: the outer fifths of the last 100 values. */
const HIGH = 0.8;
const LOW = 0.2;

function regime(name: string, description: string, holds: (percentile: number) => boolean): MarketFeature {
  return defineFeature({
    name,
    version: 1,
    unit: "flag",
    nulls: NEVER_NULL,
    lookback_bars: vol_percentile_100.lookback_bars,
    description,
    compute: (w) => {
      const percentile = vol_percentile_100.compute(w);
      return percentile === null ? null : Number(holds(percentile));
    },
    column: (_series, shared) =>
      shared.of(vol_percentile_100.column!).map((percentile) => (Number.isNaN(percentile) ? Number.NaN : Number(holds(percentile)))),
  });
}

export const high_vol_regime = regime("high_vol_regime", "1 when vol_percentile_100 is above 0.8, else 0.", (p) => p > HIGH);
export const low_vol_regime = regime("low_vol_regime", "1 when vol_percentile_100 is below 0.2, else 0.", (p) => p < LOW);
