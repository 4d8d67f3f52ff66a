import type { Backtest } from "../../../shared/backtest/backtest.ts";

/** A backtest as metrics of a run: an interval's ends are `_low` and `_high`, and what is not known is none. */
export function metricsOfBacktest(prefix: string, { trials: _, ...result }: Backtest): Record<string, number> {
  const metrics: Record<string, number> = {};
  for (const [key, value] of Object.entries(result)) {
    if (typeof value === "number") metrics[prefix + key] = value;
    else if (value !== null)
      Object.assign(metrics, { [prefix + key]: value.estimate, [`${prefix}${key}_low`]: value.low, [`${prefix}${key}_high`]: value.high });
  }
  return metrics;
}
