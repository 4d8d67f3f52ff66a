import { type Backtest, type BacktestRows, backtest } from "../backtest/backtest.ts";
import { tradeOf } from "../backtest/tradeOf.ts";
import { positionBy, type TradingRule } from "../backtest/tradingRule.ts";
import { touchesRollover } from "../domain/rollover.ts";
import { wilsonInterval } from "../metrics/accuracy.ts";
import type { Interval } from "../metrics/interval.ts";
import type { Forecast } from "./forecast.ts";

const BP = 10_000;

export interface RuleTrading extends Backtest {
  /** Forecasts outside the rollover that are beyond a limit, traded or not. */
  readonly signals: number;
  /** Of the forecasts outside the rollover, one an hour. Null without one. */
  readonly signals_per_hour: Interval | null;
  /** Share of the signals whose direction came, ties left out. */
  readonly signal_quality: Interval | null;
}

/** A trade by a rule of two limits: one unit for the bar that was predicted. */
export interface RuleTrade {
  readonly forecast: Forecast;
  readonly side: 1 | -1;
  /** Log returns in basis points: between mids, and after the spread at both ends. Null without bid and ask. */
  readonly gross_bp: number | null;
  readonly net_bp: number | null;
}

/** The trades that ruleTrading adds up, one by one, and those that it would make and has no prices for. Forecasts ascend. */
export function ruleTrades(forecasts: readonly Forecast[], rule: TradingRule): RuleTrade[] {
  const rows = rowsOf(forecasts);
  return forecasts.flatMap((forecast, row) => {
    const side = positionBy(rule, forecast.probability);
    if (side === 0 || touchesRollover(forecast.event_time, forecast.decided_at)) return [];
    const { gross, net } = tradeOf(rows, row, side)!;
    return [{ forecast, side, gross_bp: Number.isNaN(gross) ? null : gross * BP, net_bp: Number.isNaN(net) ? null : net * BP }];
  });
}

function rowsOf(forecasts: readonly Forecast[]): BacktestRows {
  return {
    event_time: forecasts.map(({ event_time }) => event_time),
    label_end: forecasts.map(({ decided_at }) => decided_at),
    p: forecasts.map(({ probability }) => probability),
    long_net: forecasts.map(({ long }) => long ?? Number.NaN),
    short_net: forecasts.map(({ short }) => short ?? Number.NaN),
    horizon_bars: 1,
  };
}

/**
 * What the forecasts would have earned by a rule of two limits, one unit an hour, outside the rollover, the spread paid at both ends: as models
 * are judged before they are promoted (shared/backtest/backtest.ts), of what was really predicted. Forecasts ascend.
 */
export function ruleTrading(forecasts: readonly Forecast[], rule: TradingRule): RuleTrading {
  const rows = rowsOf(forecasts);
  const traded = backtest(rows, (probability) => positionBy(rule, probability), 1);
  const signals = forecasts.flatMap(({ event_time, decided_at, probability, y }) => {
    const side = positionBy(rule, probability);
    return side === 0 || touchesRollover(event_time, decided_at) ? [] : [{ side, y }];
  });
  const decided = signals.filter(({ y }) => y !== null);
  const right = decided.filter(({ side, y }) => (side === 1) === (y === 1));
  return {
    ...traded,
    signals: signals.length,
    signals_per_hour: wilsonInterval(signals.length, traded.rows),
    signal_quality: wilsonInterval(right.length, decided.length),
  };
}
