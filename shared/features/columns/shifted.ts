/** The values of `bars` bars earlier; NaN where there is no such bar. */
export function shifted(values: Float64Array, bars: number): Float64Array {
  const column = new Float64Array(values.length).fill(Number.NaN, 0, bars);
  column.set(values.subarray(0, Math.max(0, values.length - bars)), Math.min(bars, values.length));
  return column;
}
