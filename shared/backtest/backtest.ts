import { DAY, HOUR } from "../domain/instant.ts";
import { openMarketMs } from "../domain/marketCalendar.ts";
import { touchesRollover } from "../domain/rollover.ts";
import { wilsonInterval } from "../metrics/accuracy.ts";
import { bootstrapInterval } from "../metrics/bootstrapInterval.ts";
import { dependenceOf } from "../metrics/dependenceOf.ts";
import { effectiveRows } from "../metrics/effectiveRows.ts";
import type { Interval } from "../metrics/interval.ts";
import { maxDrawdown } from "../metrics/maxDrawdown.ts";
import { meanInterval } from "../metrics/meanInterval.ts";
import { deflatedSharpe } from "./deflatedSharpe.ts";
import { sharpeRatio } from "./sharpeRatio.ts";
import { type Trade, tradeOf } from "./tradeOf.ts";
import type { Position } from "./tradingRule.ts";

const BP = 10_000;
const YEAR = 365.25 * DAY;
const BARS_A_MARKET_DAY = 24;

/** Rows with a prediction, ascending in time; every list is in the order of the rows. */
export interface BacktestRows {
  readonly event_time: ArrayLike<number>;
  readonly label_end: ArrayLike<number>;
  /** Probability of a rise that was said without knowing the row: out of fold, or served. */
  readonly p: ArrayLike<number>;
  /** Log return after the spread of a long and of a short trade (shared/labels/netReturn.ts); NaN without bid and ask. */
  readonly long_net: ArrayLike<number>;
  readonly short_net: ArrayLike<number>;
  readonly horizon_bars: number;
}

export interface Backtest {
  /** Rows outside the rollover, where alone is traded. */
  readonly rows: number;
  readonly trades: number;
  readonly longs: number;
  /** Rows that the rule would trade, and that have no bid and ask to trade at. */
  readonly without_price: number;
  /** Mean log return of a trade in bp: between mids, the spread that it pays, and what is left. Null with fewer than two trades. */
  readonly gross_bp: Interval | null;
  readonly cost_bp: number | null;
  readonly net_bp: Interval | null;
  readonly total_gross_bp: number;
  readonly total_net_bp: number;
  /** Share of trades that won after costs. */
  readonly hit_rate: Interval | null;
  /** Share of directions that have to be right for the spread to be earned: 1/2 + mean cost / (2 mean |gross|). Above 1: none can. */
  readonly break_even_accuracy: number | null;
  /** Round trips in 24 bars. */
  readonly turnover_per_day: number | null;
  /** Annual, of the net results of all rows, see sharpeRatio.ts. */
  readonly sharpe: Interval | null;
  /** Probability that the Sharpe ratio is above 0 although this is one of `trials`, see deflatedSharpe.ts. */
  readonly deflated_sharpe: number | null;
  readonly trials: number;
  readonly max_drawdown_bp: Interval | null;
}

/**
 * What trading the predictions by a rule would have earned with one unit a row: entered at the open of the next bar at bid or ask, left at
 * the close of the last bar of the horizon, the spread paid at both ends, nothing in the rollover's hours. No leverage, no slippage beyond
 * the spread, no swap. Where the horizon exceeds one bar, positions overlap: a unit for each row.
 *
 * Rows of several instruments at one moment are as many units in one bar: Sharpe ratio, drawdown and turnover are of their sum.
 *
 * `trials` are the models that were tried before one of them was looked at, this one among them.
 */
export function backtest(rows: BacktestRows, position: (probability: number) => Position, trials: number): Backtest {
  const outside = Array.from(rows.p, (_, row) => row).filter((row) => !touchesRollover(rows.event_time[row]!, rows.label_end[row]!));
  const taken = outside.map((row) => tradeOf(rows, row, position(rows.p[row]!)));
  const trades = taken.filter((trade) => trade !== null && !Number.isNaN(trade.net)) as Trade[];
  const times = outside.map((row) => rows.event_time[row]!);
  const returns = sumByMoment(
    times,
    taken.map((trade) => (trade === null || Number.isNaN(trade.net) ? 0 : trade.net)),
  );
  const { horizon_bars } = rows;
  const bars_a_year = barsAYear(rows.event_time) * (outside.length / rows.p.length);
  return {
    rows: outside.length,
    without_price: taken.filter((trade) => trade !== null && Number.isNaN(trade.net)).length,
    ...resultOf(trades, horizon_bars),
    turnover_per_day: outside.length === 0 ? null : (BARS_A_MARKET_DAY * trades.length) / returns.length,
    sharpe: sharpeRatio({ returns, horizon_bars, bars_a_year }),
    deflated_sharpe: deflatedSharpe({ returns, horizon_bars, trials }),
    trials,
  };
}

function resultOf(trades: readonly Trade[], horizon_bars: number) {
  const gross = Float64Array.from(trades, (trade) => trade.gross * BP);
  const net = Float64Array.from(trades, (trade) => trade.net * BP);
  const times = trades.map(({ event_time }) => event_time);
  const options = dependenceOf(times, horizon_bars);
  const cost = sum(gross) - sum(net);
  return {
    trades: trades.length,
    longs: trades.filter(({ side }) => side === 1).length,
    gross_bp: meanInterval(gross, options),
    cost_bp: trades.length === 0 ? null : cost / trades.length,
    net_bp: meanInterval(net, options),
    total_gross_bp: sum(gross),
    total_net_bp: sum(net),
    hit_rate: wilsonInterval(
      effectiveRows(net.filter((result) => result > 0).length, options.horizon_bars),
      effectiveRows(trades.length, options.horizon_bars),
    ),
    break_even_accuracy: trades.length === 0 ? null : 0.5 + cost / (2 * sum(gross.map(Math.abs))),
    max_drawdown_bp: trades.length === 0 ? null : bootstrapInterval(sumByMoment(times, net), maxDrawdown, horizon_bars),
  };
}

/** The values of neighbours that have the same time, added up. */
function sumByMoment(times: readonly number[], values: ArrayLike<number>): Float64Array {
  const sums: number[] = [];
  for (const [index, time] of times.entries()) {
    if (index > 0 && times[index - 1] === time) sums[sums.length - 1]! += values[index]!;
    else sums.push(values[index]!);
  }
  return Float64Array.from(sums);
}

/** Hours of open market in a year like the one that the rows are of. */
function barsAYear(event_time: ArrayLike<number>): number {
  const [first, last] = [event_time[0] ?? 0, event_time[event_time.length - 1] ?? 0];
  return last > first ? (openMarketMs(first, last) / HOUR) * (YEAR / (last - first)) : 0;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
