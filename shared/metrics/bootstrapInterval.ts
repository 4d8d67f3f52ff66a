import { createRandom } from "../domain/random.ts";
import type { Interval } from "./interval.ts";

/** Enough for the 2.5 % quantiles to stand on a dozen resamples each. */
const RESAMPLES = 500;
const TAIL = 0.025;
/** Always the same: an interval that is computed twice is the same interval. */
const SEED = 20_250_627;

/**
 * 95 % interval of a statistic of an ordered series by the moving-block bootstrap: blocks of ceil(n^(1/3)) neighbours, or of twice
 * the bars that labels overlap over where that is more, are drawn with replacement, and keep what dependence there is within a block. The percentile interval, widened to the estimate where it lies outside.
 * Reference: Kuensch 1989, Annals of Statistics 17(3).
 */
export function bootstrapInterval(values: Float64Array, statistic: (values: Float64Array) => number, horizon_bars = 1): Interval {
  const estimate = statistic(values);
  const random = createRandom(SEED);
  const overlap = horizon_bars === 1 ? 1 : 2 * horizon_bars;
  const block = Math.min(values.length, Math.max(Math.ceil(Math.cbrt(values.length)), overlap));
  const resample = new Float64Array(values.length);
  const found = Float64Array.from({ length: RESAMPLES }, () => {
    for (let at = 0; at < resample.length; at += block) {
      const from = Math.floor(random() * (values.length - block + 1));
      resample.set(values.subarray(from, from + Math.min(block, resample.length - at)), at);
    }
    return statistic(resample);
  }).sort();
  const last = RESAMPLES - 1;
  return {
    estimate,
    low: Math.min(estimate, found[Math.floor(TAIL * last)]!),
    high: Math.max(estimate, found[Math.ceil((1 - TAIL) * last)]!),
  };
}
