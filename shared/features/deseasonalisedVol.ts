import { HOUR, WEEK } from "../domain/instant.ts";
import { eachBar } from "./columns/eachBar.ts";
import type { ColumnMaker } from "./columns/sharedColumns.ts";
import { defineFeature } from "./defineFeature.ts";

/** The market is open 120 hours a week. */
const WEEK_BARS = 120;

/**
 * Six weeks: a mean of six absolute returns has a standard error of about 0.75 / sqrt(6) = 31 % for normal returns. More
 * weeks would steady it but leave more of a year's first rows null.
 */
const WEEKS = 6;

/** Holidays and missing bars thin a slot out; below four values (38 %) the mean says too little. */
const MIN_VALUES = 4;

export const vol_deseasonalised = defineFeature({
  name: "vol_deseasonalised",
  version: 1,
  unit: "ratio",
  range: { min: 0, max: 1e12 },
  lookback_bars: WEEKS * WEEK_BARS + 2,
  description: "Absolute log return over the mean absolute log return of the same New York hour of the week in the six weeks before.",
  formula:
    "|r_t| over the mean |r| of the earlier bars in the same hour of the New York week, within six trading weeks: 1 is usual for the hour. The bar itself is not in the mean. Hours are New York's, so that the roll and the American open keep their slots through daylight saving. Warm-up = lookback = 722 bars: the bar, 720 before it, and the one before those for its return. Null with fewer than four earlier values in the slot, or when none of them moved. After Andersen and Bollerslev 1998, Journal of Finance 53.",
  compute: (w) => {
    const returns = w.ret;
    const slots = w.hour_of_week.subarray(1);
    const last = returns.length - 1;
    const slot = slots[last]!;
    let sum = 0;
    let count = 0;
    for (let i = 0; i < last; i++) {
      if (slots[i] !== slot) continue;
      sum += Math.abs(returns[i]!);
      count += 1;
    }
    return count < MIN_VALUES ? null : Math.abs(returns[last]!) / (sum / count);
  },
  column: ({ ret, length }, shared) => {
    const before = shared.of(sameHourBefore);
    const found = new Int32Array(WEEKS * WEEK_BARS);
    return eachBar(length, (t) => {
      let count = 0;
      for (let i = before[t]!; i >= 0 && i >= t - WEEKS * WEEK_BARS; i = before[i]!) found[count++] = i;
      let sum = 0;
      for (let k = count - 1; k >= 0; k--) sum += Math.abs(ret[found[k]!]!);
      return count < MIN_VALUES ? Number.NaN : Math.abs(ret[t]!) / (sum / count);
    });
  },
});

/** Of every bar, the index of the one before it in the same hour of the week; -1 where there is none. */
const sameHourBefore: ColumnMaker<Int32Array> = ({ hour_of_week, length }) => {
  const newest = new Int32Array(WEEK / HOUR).fill(-1);
  const before = new Int32Array(length);
  for (let t = 0; t < length; t++) {
    before[t] = newest[hour_of_week[t]!]!;
    newest[hour_of_week[t]!] = t;
  }
  return before;
};
