import { dependenceLag } from "../metrics/dependenceLag.ts";
import { mean, meanStandardError } from "../metrics/meanInterval.ts";
import { normalProbability } from "../metrics/normalProbability.ts";
import { normalQuantile } from "../metrics/normalQuantile.ts";

const EULER = 0.5772156649015329;

export interface DeflatedInput {
  /** Return of every bar, those without a position as 0, ascending in time. */
  readonly returns: ArrayLike<number>;
  readonly horizon_bars: number;
  /** Models that were tried, this one among them: each had its chance to be the lucky one. */
  readonly trials: number;
}

/**
 * Probability that the true Sharpe ratio is above 0, given that this is the best of `trials`. Null for returns that do not vary.
 *
 *   Phi( (SR - SR_0) sqrt(T - 1) / sqrt(1 - g_3 SR + (g_4 - 1)/4 SR^2) ),   SR_0 = E max of `trials` ratios that are all luck
 *
 * SR is that of one bar, with the standard deviation that sharpeRatio.ts takes; g_3 and g_4 are skewness and kurtosis. SR_0 is taken with a
 * variance of 1/T a trial, what a ratio without skill has: models retrained day by day resemble each other, and their own variance would
 * make it too small. 0.95 is the usual word for "shown". Reference: Bailey & Lopez de Prado 2014, Journal of Portfolio Management 40(5).
 */
export function deflatedSharpe({ returns, horizon_bars, trials }: DeflatedInput): number | null {
  const bars = returns.length;
  const standard_error = meanStandardError(returns, { lag: dependenceLag(bars, horizon_bars) });
  if (standard_error === null || standard_error === 0) return null;
  const sharpe = mean(returns) / (standard_error * Math.sqrt(bars));
  return probabilisticSharpe({ sharpe, above: expectedLuckiest(trials) / Math.sqrt(bars), bars, ...shapeOf(returns) });
}

export interface ProbabilisticInput {
  /** Sharpe ratio of one bar, and the one that it is held against. */
  readonly sharpe: number;
  readonly above: number;
  readonly bars: number;
  readonly skewness: number;
  /** 3 for a normal distribution. */
  readonly kurtosis: number;
}

/** Probability that the true Sharpe ratio is larger than `above`: the formula of deflatedSharpe. Bailey & Lopez de Prado 2012. */
export function probabilisticSharpe({ sharpe, above, bars, skewness, kurtosis }: ProbabilisticInput): number {
  const spread = Math.sqrt(1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe ** 2);
  return normalProbability(((sharpe - above) * Math.sqrt(bars - 1)) / spread);
}

/** Expected largest of `trials` standard normal values; 0 of one. */
export function expectedLuckiest(trials: number): number {
  if (trials <= 1) return 0;
  return (1 - EULER) * normalQuantile(1 - 1 / trials) + EULER * normalQuantile(1 - 1 / (trials * Math.E));
}

function shapeOf(values: ArrayLike<number>): { readonly skewness: number; readonly kurtosis: number } {
  const centre = mean(values);
  const moment = (power: number) => mean(Float64Array.from(values, (value) => (value - centre) ** power));
  const variance = moment(2);
  return { skewness: moment(3) / variance ** 1.5, kurtosis: moment(4) / variance ** 2 };
}
