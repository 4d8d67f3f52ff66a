import type { Instant } from "../../../shared/domain/instant.ts";
import type { Interval } from "../../../shared/metrics/interval.ts";
import type { Observation } from "../../../shared/monitoring/metricRule.ts";
import { paperTrading } from "../../../shared/monitoring/paperTrading.ts";
import type { Ports } from "../ports.ts";
import { checkEachInstrument } from "./recordReadings.ts";
import { servedForecasts } from "./servedForecasts.ts";

/** What acting on the served forecasts of four weeks would have earned after the spread (the rule: shared/monitoring/paperTrading.ts). */
export const checkBusiness = checkEachInstrument("business", measureBusiness);

async function measureBusiness(ports: Ports, instrument: string, measured_at: Instant): Promise<readonly Observation[]> {
  const forecasts = await servedForecasts(ports, instrument, measured_at);
  const { net_return_bp, hit_rate, turnover_per_day, max_drawdown_bp, ...counts } = paperTrading(forecasts);
  const priced = forecasts.filter(({ break_even }) => !Number.isNaN(break_even)).map(({ break_even }) => break_even);
  const details = { ...counts, break_even_median: priced.length === 0 ? null : priced.sort((a, b) => a - b)[priced.length >> 1] };
  const reason =
    forecasts.length === 0
      ? "nothing that was served in four weeks is decided"
      : `${counts.trades} of ${forecasts.length} forecasts were worth their spread`;
  const of = (metric: string, interval: Interval | null, n: number): Observation => ({
    check: "business",
    subject: instrument,
    metric,
    measured_at,
    value: interval?.estimate ?? null,
    interval,
    n,
    details,
    ...(interval === null || n === 0 || counts.trades === 0 ? { reason } : {}),
  });
  return [
    of("net_return_bp", net_return_bp, counts.trades),
    of("hit_rate", hit_rate, counts.trades),
    of("turnover_per_day", turnover_per_day, forecasts.length),
    of("max_drawdown_bp", max_drawdown_bp, counts.trades),
  ];
}
