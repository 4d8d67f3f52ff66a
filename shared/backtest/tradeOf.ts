import type { Position } from "./tradingRule.ts";

export interface Trade {
  readonly event_time: number;
  readonly side: Position;
  /** Log return between mids, and what is left of it after the spread at both ends. NaN where there is no price. */
  readonly gross: number;
  readonly net: number;
}

/** Of rows, the moment and the log return after the spread of a long and of a short trade; NaN without bid and ask. */
export interface TradeRows {
  readonly event_time: ArrayLike<number>;
  readonly long_net: ArrayLike<number>;
  readonly short_net: ArrayLike<number>;
}

/** Null where the rule stays out; NaN where it would trade, and there is no price. */
export function tradeOf({ event_time, long_net, short_net }: TradeRows, row: number, side: Position): Trade | null {
  if (side === 0) return null;
  const [long, short] = [long_net[row]!, short_net[row]!];
  // The two pay the same spreads, one up and one down the same move: half their difference is the move between mids (geometric ones).
  return { event_time: event_time[row]!, side, gross: (side * (long - short)) / 2, net: side === 1 ? long : short };
}
