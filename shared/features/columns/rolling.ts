/**
 * `statistic` of the last `bars` values, at every bar; NaN before there are as many. Each window is gone through by itself: a running sum
 * would carry the rounding of what has left it, and would not give an exact zero in a flat market.
 */
export function rolling(
  values: Float64Array,
  bars: number,
  statistic: (values: Float64Array, from: number, to: number) => number,
): Float64Array {
  const column = new Float64Array(values.length).fill(Number.NaN, 0, bars - 1);
  for (let to = bars; to <= values.length; to++) column[to - 1] = statistic(values, to - bars, to);
  return column;
}
