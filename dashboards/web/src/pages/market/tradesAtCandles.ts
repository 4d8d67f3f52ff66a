import type { PaperTradeCollection } from "../../../../../shared/contracts/paperTrades.ts";
import type { CandleTimes } from "./candleTimes.ts";
import { placeAmong } from "./placeAmong.ts";

export type PaperTrade = PaperTradeCollection["trades"][number];

/** Paper trades that were entered in one candle. */
export interface TradesAtCandle {
  readonly index: number;
  readonly longs: number;
  readonly shorts: number;
  /** After the spread, summed; null: none had a bid and an ask. */
  readonly net_bp: number | null;
}

/** Trades by the candle that they were entered in, ascending. */
export function tradesAtCandles(candles: CandleTimes, trades: readonly PaperTrade[]): TradesAtCandle[] {
  const by_place = new Map<number, PaperTrade[]>();
  for (const trade of trades) {
    const index = placeAmong(candles, Date.parse(trade.entered_at));
    if (index !== null) by_place.set(index, [...(by_place.get(index) ?? []), trade]);
  }
  return [...by_place]
    .sort(([a], [b]) => a - b)
    .map(([index, there]) => ({
      index,
      longs: there.filter(({ side }) => side === "long").length,
      shorts: there.filter(({ side }) => side === "short").length,
      net_bp: netOf(there),
    }));
}

/** The sum after the spread of those that could be traded; null: none could. */
export function netOf(trades: readonly PaperTrade[]): number | null {
  const known = trades.flatMap(({ net_bp }) => net_bp ?? []);
  return known.length === 0 ? null : known.reduce((sum, net_bp) => sum + net_bp, 0);
}
