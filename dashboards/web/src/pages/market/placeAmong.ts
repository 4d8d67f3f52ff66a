import type { CandleTimes } from "./candleTimes.ts";

/**
 * The place of the candle that a moment lies in, or of the next one where nothing was traded then. Null: before the first, or behind the end
 * of the last, which knew nothing of it.
 */
export function placeAmong({ starts, ends }: CandleTimes, at: number): number | null {
  if (starts.length === 0 || at < starts[0]!) return null;
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  if (at < ends[low]!) return low;
  return low < starts.length - 1 ? low + 1 : null;
}
