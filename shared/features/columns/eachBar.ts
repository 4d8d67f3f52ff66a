/** A column of `valueAt` of every index from `first` on; NaN before. */
export function eachBar(length: number, valueAt: (index: number) => number, first = 0): Float64Array {
  const column = new Float64Array(length).fill(Number.NaN, 0, first);
  for (let i = first; i < length; i++) column[i] = valueAt(i);
  return column;
}
