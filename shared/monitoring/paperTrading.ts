import { wilsonInterval } from "../metrics/accuracy.ts";
import { bootstrapInterval } from "../metrics/bootstrapInterval.ts";
import type { Interval } from "../metrics/interval.ts";
import { maxDrawdown } from "../metrics/maxDrawdown.ts";
import { meanInterval } from "../metrics/meanInterval.ts";
import { positionOf } from "./breakEven.ts";
import type { Forecast } from "./forecast.ts";

const BP = 10_000;
const BARS_A_MARKET_DAY = 24;

export interface PaperTrading {
  readonly forecasts: number;
  readonly trades: number;
  readonly longs: number;
  /** Forecasts beyond break-even that were not traded, since a price of the trade is missing. */
  readonly without_price: number;
  /** Mean net log return of a trade, in bp. */
  readonly net_return_bp: Interval | null;
  readonly total_bp: number;
  /** Share of trades that won after costs. */
  readonly hit_rate: Interval | null;
  /** Round trips in 24 hours of forecasts: 24 is a trade every hour. Null without a forecast. */
  readonly turnover_per_day: Interval | null;
  readonly max_drawdown_bp: Interval | null;
}

/**
 * What acting on the forecasts would have earned with one unit: for each forecast, in order, bought where the probability of a rise is
 * beyond break-even (see breakEven.ts), sold where that of a fall is, else nothing. Entered at the open of the bar that begins at the
 * event time and left at the close of the bar that decides it, the spread paid at both ends (shared/labels/netReturn.ts). No leverage,
 * no slippage beyond the spread, no swap: a position lasts an hour. Nothing is annualised. Forecasts ascend in time.
 */
export function paperTrading(forecasts: readonly Forecast[]): PaperTrading {
  const taken = forecasts.flatMap((forecast) => {
    const side = positionOf(forecast.probability, forecast.break_even);
    return side === 0 ? [] : [{ side, net: side === 1 ? forecast.long : forecast.short }];
  });
  const trades = taken.flatMap(({ side, net }) => (net === null ? [] : [{ side, net_bp: net * BP }]));
  const net_bp = Float64Array.from(trades, (trade) => trade.net_bp);
  return {
    forecasts: forecasts.length,
    trades: trades.length,
    longs: trades.filter(({ side }) => side === 1).length,
    without_price: taken.length - trades.length,
    net_return_bp: meanInterval(net_bp),
    total_bp: net_bp.reduce((sum, net) => sum + net, 0),
    hit_rate: wilsonInterval(net_bp.filter((net) => net > 0).length, net_bp.length),
    turnover_per_day: scaled(wilsonInterval(trades.length, forecasts.length), BARS_A_MARKET_DAY),
    max_drawdown_bp: net_bp.length === 0 ? null : bootstrapInterval(net_bp, maxDrawdown),
  };
}

function scaled(interval: Interval | null, factor: number): Interval | null {
  return interval && { estimate: interval.estimate * factor, low: interval.low * factor, high: interval.high * factor };
}
