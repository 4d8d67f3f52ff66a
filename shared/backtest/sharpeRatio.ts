import { dependenceLag } from "../metrics/dependenceLag.ts";
import type { Interval } from "../metrics/interval.ts";
import { mean, meanStandardError, robustInterval } from "../metrics/meanInterval.ts";

export interface SharpeInput {
  /** Return of every bar, those without a position as 0, ascending in time. */
  readonly returns: ArrayLike<number>;
  readonly horizon_bars: number;
  /** Bars that the market is open in a year. */
  readonly bars_a_year: number;
}

/**
 * Annual Sharpe ratio with its 95 % interval; the risk-free return of an hour is taken for 0. Null for a series that does not vary.
 *
 *   SR = m / s sqrt(q),   s^2 = g_0 + 2 sum_{k=1..L} (1 - k/(L+1)) g_k
 *
 * m is the mean return of a bar, g_k its autocovariances, q the bars a year. With s the plain standard deviation this would be the usual
 * sqrt(q) rule, which overstates where returns of neighbouring hours go the same way (Lo 2002, Financial Analysts Journal 58(4)): Lo's
 * factor for a year, with the autocorrelations beyond L taken for 0 and Bartlett's weights. The interval is that of m: the error of s is
 * smaller by the order of SR^2 / q.
 */
export function sharpeRatio({ returns, horizon_bars, bars_a_year }: SharpeInput): Interval | null {
  const lag = dependenceLag(returns.length, horizon_bars);
  const standard_error = meanStandardError(returns, { lag });
  if (standard_error === null || standard_error === 0) return null;
  const { estimate, low, high } = robustInterval(mean(returns), standard_error, returns.length, { lag });
  const scale = Math.sqrt(bars_a_year / returns.length) / standard_error;
  return { estimate: estimate * scale, low: low * scale, high: high * scale };
}
