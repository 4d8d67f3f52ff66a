/** Candles as those who place something among them look at them. */
export interface CandleTimes {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/**
 * The place of the candle that a moment lies in, or of the next one where nothing was traded then; behind the last: the last. Null: before the
 * first.
 */
export function placeAmong({ starts, ends }: CandleTimes, at: number): number | null {
  if (starts.length === 0 || at < starts[0]!) return null;
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  return at >= ends[low]! && low < starts.length - 1 ? low + 1 : low;
}
