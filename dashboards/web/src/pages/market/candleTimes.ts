import type { CandleView } from "../../../../../shared/contracts/candles.ts";

/** Candles as those who place something among them look at them: epoch ms, ascending. */
export interface CandleTimes {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

export function candleTimes(candles: readonly Pick<CandleView, "start" | "end">[]): CandleTimes {
  return { starts: candles.map(({ start }) => Date.parse(start)), ends: candles.map(({ end }) => Date.parse(end)) };
}
