import { type Decay, decayedSums } from "./columns/decayedSums.ts";

/** Wilder's period, of all three of his indicators. Wilder 1978, New Concepts in Technical Trading Systems. */
export const WILDER_PERIOD = 14;

/**
 * Values over which Wilder averages run. His average keeps 13/14 of itself at each value, so what is older than 270
 * values weighs (13/14)^270 = 2.0e-9 of the whole.
 */
export const WILDER_MEMORY = 270;

/**
 * Wilder's average: the mean of the first `period` values, then avg = avg * (period - 1) / period + value / period. Element i
 * is the average after value `period - 1 + i`. Empty for fewer than `period` values.
 */
export function wilderPath(values: Float64Array, period: number): Float64Array {
  const path = new Float64Array(Math.max(0, values.length - period + 1));
  if (path.length === 0) return path;
  const keep = (period - 1) / period;
  let average = 0;
  for (let i = 0; i < period; i++) average += values[i]! / period;
  path[0] = average;
  for (let i = period; i < values.length; i++) {
    average = average * keep + values[i]! / period;
    path[i - period + 1] = average;
  }
  return path;
}

/** The last value of `wilderPath`; NaN for fewer than `period` values. */
export function wilderAverage(values: Float64Array, period: number): number {
  const path = wilderPath(values, period);
  return path[path.length - 1] ?? Number.NaN;
}

/** `wilderAverage` of the last WILDER_MEMORY values, at every bar. */
export function wilderAverages(values: Float64Array): Float64Array {
  return decayedSums(
    values.map((value) => value / WILDER_PERIOD),
    wilderDecay(WILDER_MEMORY),
  );
}

/** How Wilder's average, of values that are divided by the period already, runs over a memory. */
export function wilderDecay(memory: number): Decay {
  return { keep: (WILDER_PERIOD - 1) / WILDER_PERIOD, plain: WILDER_PERIOD, memory };
}

/** max(H - L, |H - previous close|, |L - previous close|) of mid, for every bar but the first. */
export function trueRanges(high: Float64Array, low: Float64Array, close: Float64Array): Float64Array {
  const ranges = new Float64Array(Math.max(0, close.length - 1));
  for (let i = 0; i < ranges.length; i++) ranges[i] = trueRange(high[i + 1]!, low[i + 1]!, close[i]!);
  return ranges;
}

export function trueRange(high: number, low: number, previous: number): number {
  return Math.max(high, previous) - Math.min(low, previous);
}
