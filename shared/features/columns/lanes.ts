/**
 * A recursion over a finite memory begins anew at each bar, and each is a chain of operations that wait for one another, so that a processor
 * has most of its time left. Neighbouring bars are chains over nearly the same memory: they are walked in step, each in the order in which
 * it would be alone, and so to the same bits.
 *
 * `walk` gets the index at which the memory of the first of `lanes` neighbours begins, and writes their values. The last of them may lie
 * behind the series: `padded` makes room for what they read, and they are cut off here. NaN before `memory` values.
 */
export function inLanes(length: number, memory: number, lanes: number, walk: (from: number, out: Float64Array) => void): Float64Array {
  const column = new Float64Array(length + lanes).fill(Number.NaN, 0, memory - 1);
  for (let bar = memory - 1; bar < length; bar += lanes) walk(bar - memory + 1, column.subarray(bar, bar + lanes));
  return column.subarray(0, length);
}

/** The values, with room for `lanes` behind them. */
export function padded(values: Float64Array, lanes: number): Float64Array {
  const column = new Float64Array(values.length + lanes);
  column.set(values);
  return column;
}
