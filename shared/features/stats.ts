/** Plain statistics over the values given. NaN in gives NaN out: a missing input is never skipped over. */

/** ln(to / from). */
export function logReturn(from: number, to: number): number {
  return Math.log(to / from);
}

/** Arithmetic mean, summed as distances from the first value, so that equal values give exactly that value. */
export function mean(values: Float64Array): number {
  return meanOfRange(values, 0, values.length);
}

/** `mean` of the values from index `from` until before `to`, as all functions of ranges here: no copy of them is made. */
export function meanOfRange(values: Float64Array, from: number, to: number): number {
  const origin = values[from] ?? Number.NaN;
  let sum = 0;
  for (let i = from + 1; i < to; i++) sum += values[i]! - origin;
  return origin + sum / (to - from);
}

/** Sum of a range, the oldest value first. */
export function sumOfRange(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]!;
  return sum;
}

/**
 * Sample variance, sum (x - mean)^2 / (n - 1), in two passes around the first value: equal values give exactly 0, so
 * that a flat market is a zero variance and not rounding noise. NaN for fewer than two values.
 */
export function sampleVariance(values: Float64Array): number {
  return varianceOfRange(values, 0, values.length);
}

/** Sample standard deviation (n - 1). */
export function sampleStd(values: Float64Array): number {
  return Math.sqrt(sampleVariance(values));
}

/** Sample standard deviation of every run of `size` neighbours, oldest first: each is `sampleStd` of that run, to the bit. */
export function rollingStd(values: Float64Array, size: number): Float64Array {
  const out = new Float64Array(Math.max(0, values.length - size + 1));
  for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(varianceOfRange(values, i, i + size));
  return out;
}

/** (last - mean) / sample std of all values, the last among them. NaN when the values do not vary. */
export function zscoreOfLast(values: Float64Array): number {
  return (values[values.length - 1]! - mean(values)) / sampleStd(values);
}

/** Pearson correlation. NaN when one side does not vary, or for fewer than two pairs. */
export function correlation(x: Float64Array, y: Float64Array): number {
  const meanX = mean(x);
  const meanY = mean(y);
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    const dx = x[i]! - meanX;
    const dy = y[i]! - meanY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  const r = xy / Math.sqrt(xx * yy);
  return r > 1 ? 1 : r < -1 ? -1 : r;
}

/**
 * Rank of the last value among all, scaled to [0, 1]: (values below + half of the others that equal it) / (n - 1).
 * 0 is the lowest, 1 the highest, 0.5 when all are equal.
 */
export function percentileOfLast(values: Float64Array): number {
  return percentileOfRange(values, 0, values.length);
}

/** `percentileOfLast` of a range. */
export function percentileOfRange(values: Float64Array, from: number, to: number): number {
  const last = values[to - 1]!;
  let score = 0;
  for (let i = from; i < to - 1; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) return Number.NaN;
    if (value < last) score += 1;
    else if (value === last) score += 0.5;
  }
  return Number.isNaN(last) ? Number.NaN : score / (to - from - 1);
}

/** `sampleStd` of a range. */
export function stdOfRange(values: Float64Array, from: number, to: number): number {
  return Math.sqrt(varianceOfRange(values, from, to));
}

/** `sampleVariance` of a range. */
export function varianceOfRange(values: Float64Array, from: number, to: number): number {
  const n = to - from;
  const origin = values[from] ?? Number.NaN;
  let sum = 0;
  for (let i = from + 1; i < to; i++) sum += values[i]! - origin;
  const shift = sum / n;
  let squares = 0;
  for (let i = from; i < to; i++) {
    const distance = values[i]! - origin - shift;
    squares += distance * distance;
  }
  return n < 2 ? Number.NaN : squares / (n - 1);
}
