import type { Instant } from "../../../shared/domain/instant.ts";
import type { Interval } from "../../../shared/metrics/interval.ts";
import { type Forecast, isInTime } from "../../../shared/monitoring/forecast.ts";
import type { Observation } from "../../../shared/monitoring/metricRule.ts";
import { paperTrading } from "../../../shared/monitoring/paperTrading.ts";
import { ruleTrading } from "../../../shared/monitoring/ruleTrading.ts";
import type { Ports } from "../ports.ts";
import { checkEachInstrument } from "./recordReadings.ts";
import { servedForecasts } from "./servedForecasts.ts";

/**
 * What acting on the pipeline's predictions of four weeks would have earned after the spread: by break-even (shared/monitoring/paperTrading.ts),
 * and by the installation's rule (ruleTrading.ts).
 */
export const checkBusiness = checkEachInstrument("business", measureBusiness);

type Found = Pick<Observation, "value" | "interval" | "n" | "details" | "reason">;
type Named = readonly (readonly [metric: string, found: Found])[];

async function measureBusiness(ports: Ports, instrument: string, measured_at: Instant): Promise<readonly Observation[]> {
  const decided = await servedForecasts(ports, instrument, measured_at);
  const forecasts = decided.filter(isInTime);
  const late = decided.length - forecasts.length;
  const found = [...byBreakEven(forecasts, late), ...byRule(ports, forecasts, late)];
  return found.map(([metric, observed]) => ({ check: "business", subject: instrument, metric, measured_at, ...observed }));
}

const NOTHING = "nothing that was predicted in four weeks is decided";

function byBreakEven(forecasts: readonly Forecast[], late: number): Named {
  const { net_return_bp, hit_rate, turnover_per_day, max_drawdown_bp, ...counts } = paperTrading(forecasts);
  const priced = forecasts.filter(({ break_even }) => !Number.isNaN(break_even)).map(({ break_even }) => break_even);
  const details = { ...counts, late, break_even_median: priced.length === 0 ? null : priced.sort((a, b) => a - b)[priced.length >> 1] };
  const reason = forecasts.length === 0 ? NOTHING : `${counts.trades} of ${forecasts.length} forecasts were worth their spread`;
  const of = (interval: Interval | null, n: number): Found => ({
    value: interval?.estimate ?? null,
    interval,
    n,
    details,
    ...(interval === null || n === 0 || counts.trades === 0 ? { reason } : {}),
  });
  return [
    ["net_return_bp", of(net_return_bp, counts.trades)],
    ["hit_rate", of(hit_rate, counts.trades)],
    ["turnover_per_day", of(turnover_per_day, forecasts.length)],
    ["max_drawdown_bp", of(max_drawdown_bp, counts.trades)],
  ];
}

function byRule({ config: { trading_rule } }: Ports, forecasts: readonly Forecast[], late: number): Named {
  const { rows, trades, longs, without_price, ...found } = ruleTrading(forecasts, trading_rule);
  const details = { ...trading_rule, rows, trades, longs, without_price, late };
  const reason = rows === 0 ? NOTHING : `${trades} of ${rows} forecasts outside the rollover were beyond the rule's limits`;
  const of = (measured: Interval | number | null, n: number): Found => {
    const [value, interval] = typeof measured === "number" ? [measured, null] : [measured?.estimate ?? null, measured];
    return { value, interval, n, details, ...(value === null || trades === 0 ? { reason } : {}) };
  };
  return [
    ["pnl_net_bp", of(rows === 0 ? null : found.total_net_bp, rows)],
    ["pnl_gross_bp", of(rows === 0 ? null : found.total_gross_bp, rows)],
    ["rule_net_bp", of(found.net_bp, trades)],
    ["rule_gross_bp", of(found.gross_bp, trades)],
    ["sharpe_net", of(found.sharpe, rows)],
    ["rule_drawdown_bp", of(found.max_drawdown_bp, trades)],
    ["rule_turnover_per_day", of(found.turnover_per_day, rows)],
    ["signals_per_hour", of(found.signals_per_hour, rows)],
    ["signal_quality", of(found.signal_quality, found.signals)],
  ];
}
