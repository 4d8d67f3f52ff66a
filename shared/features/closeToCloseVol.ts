import { UP_TO_ONE } from "./checks/featureRange.ts";
import { NEVER_NULL } from "./checks/nullLimit.ts";
import { rolling } from "./columns/rolling.ts";
import type { ColumnMaker } from "./columns/sharedColumns.ts";
import { defineFeature, type MarketFeature } from "./defineFeature.ts";
import { rollingStd, sampleStd, stdOfRange } from "./stats.ts";

/** std20 of the returns at every bar: what vol_20, its own std and its rank are taken from. */
export const returnStds20: ColumnMaker = ({ ret }) => rolling(ret, 20, stdOfRange);

function volOver(bars: number): MarketFeature {
  return defineFeature({
    name: `vol_${bars}`,
    version: 1,
    unit: "log_return",
    nulls: NEVER_NULL,
    range: UP_TO_ONE,
    lookback_bars: bars + 1,
    description: `Sample standard deviation of the last ${bars} one-bar log returns, per bar, not annualised.`,
    formula: `sqrt(sum (r - mean(r))^2 / ${bars - 1}) over the last ${bars} r = ln(mid_t / mid_{t-1}), per bar, not annualised. Warm-up: ${bars + 1} bars.`,
    compute: (w) => sampleStd(w.ret),
    column: bars === 20 ? (_series, shared) => shared.of(returnStds20) : ({ ret }) => rolling(ret, bars, stdOfRange),
  });
}

export const vol_5 = volOver(5);
export const vol_20 = volOver(20);
export const vol_60 = volOver(60);

export const vol_of_vol_20 = defineFeature({
  name: "vol_of_vol_20",
  version: 1,
  unit: "log_return",
  nulls: NEVER_NULL,
  range: UP_TO_ONE,
  lookback_bars: vol_20.lookback_bars + 19,
  description: "Sample standard deviation of the last 20 values of vol_20.",
  formula: "std20(vol_20), sample std: how unsteady volatility itself is. Warm-up: 40 bars, the 21 of vol_20 and 19 more of it.",
  compute: (w) => sampleStd(rollingStd(w.ret, 20)),
  column: (_series, shared) => rolling(shared.of(returnStds20), 20, stdOfRange),
});
