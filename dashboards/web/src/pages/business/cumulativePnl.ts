import type { PaperTradeCollection } from "../../../../../shared/contracts/paperTrades.ts";
import type { Point } from "../monitoring/lineData.ts";

export interface CumulativePnl {
  readonly net: readonly Point[];
  readonly gross: readonly Point[];
}

/** The sums of the trades over time, in basis points: 0 when the span begins, then as they stand at the end of each trade. */
export function cumulativePnl({ from, to, trades }: Pick<PaperTradeCollection, "from" | "to" | "trades">): CumulativePnl {
  const lineOf = (total: "total_net_bp" | "total_gross_bp"): Point[] => [
    [Date.parse(from), 0],
    ...trades.map((trade): Point => [Date.parse(trade.left_at), trade[total]]),
    [Date.parse(to), trades.at(-1)?.[total] ?? 0],
  ];
  return { net: lineOf("total_net_bp"), gross: lineOf("total_gross_bp") };
}
