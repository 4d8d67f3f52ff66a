import { DAY, HOUR, type Instant } from "../../shared/domain/instant.ts";
import { criticalValue } from "../../shared/metrics/criticalValue.ts";
import type { Interval } from "../../shared/metrics/interval.ts";
import { mean, meanStandardError } from "../../shared/metrics/meanInterval.ts";

/** Trading days over which days may depend on one another: a month, for which the oldest of the models that are compared are kept. */
export const LAG_DAYS = 20;

/** Number of the trading day, which begins at 22:00 UTC: within the rollover's hours in summer and in winter. */
export function tradingDayOf(event_time: Instant): number {
  return Math.floor((event_time + 2 * HOUR) / DAY);
}

/**
 * Mean with its 95 % interval, where the rows of one day, which stand together, are one cluster whatever their pair and hour, and days
 * depend on one another over LAG_DAYS (Newey-West). The quantile is Student's t for so many days, not rows. Null for fewer than two days.
 */
export function dayInterval(values: ArrayLike<number>, days: ArrayLike<number>): Interval | null {
  const standard_error = meanStandardError(values, { clusters: days, lag: LAG_DAYS });
  if (standard_error === null) return null;
  const terms = new Set(Array.from(days)).size;
  const half_width = criticalValue(terms, Math.min(LAG_DAYS, terms - 1)) * standard_error;
  const estimate = mean(values);
  return { estimate, low: estimate - half_width, high: estimate + half_width };
}
