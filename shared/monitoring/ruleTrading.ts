import { type Backtest, backtest } from "../backtest/backtest.ts";
import { positionBy, type TradingRule } from "../backtest/tradingRule.ts";
import { touchesRollover } from "../domain/rollover.ts";
import { wilsonInterval } from "../metrics/accuracy.ts";
import type { Interval } from "../metrics/interval.ts";
import type { Forecast } from "./forecast.ts";

export interface RuleTrading extends Backtest {
  /** Forecasts outside the rollover that are beyond a limit, traded or not. */
  readonly signals: number;
  /** Of the forecasts outside the rollover, one an hour. Null without one. */
  readonly signals_per_hour: Interval | null;
  /** Share of the signals whose direction came, ties left out. */
  readonly signal_quality: Interval | null;
}

/**
 * What the forecasts would have earned by a rule of two limits, one unit an hour, outside the rollover, the spread paid at both ends: as models
 * are judged before they are promoted (shared/backtest/backtest.ts), of what was really predicted. Forecasts ascend.
 */
export function ruleTrading(forecasts: readonly Forecast[], rule: TradingRule): RuleTrading {
  const rows = {
    event_time: forecasts.map(({ event_time }) => event_time),
    label_end: forecasts.map(({ decided_at }) => decided_at),
    p: forecasts.map(({ probability }) => probability),
    long_net: forecasts.map(({ long }) => long ?? Number.NaN),
    short_net: forecasts.map(({ short }) => short ?? Number.NaN),
    horizon_bars: 1,
  };
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
