import type { CandleTimes } from "./candleTimes.ts";

/** Where a moment is that has no place among the candles; null: it has one, or no candle is known. */
export function outsideCandles({ starts, ends }: CandleTimes, at: number): "before the first candle" | "after the last candle" | null {
  if (starts.length === 0) return null;
  if (at < starts[0]!) return "before the first candle";
  return at >= ends.at(-1)! ? "after the last candle" : null;
}
