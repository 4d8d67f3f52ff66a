import { normalQuantile } from "./normalQuantile.ts";

/** A point estimate with its two-sided 95 % confidence interval. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** 97.5 % quantile of the standard normal distribution: the half width of a 95 % interval in standard errors. */
export const Z_95 = normalQuantile(0.975);

/** `estimate +- 1.96 se`. */
export function normalInterval(estimate: number, standard_error: number): Interval {
  return { estimate, low: estimate - Z_95 * standard_error, high: estimate + Z_95 * standard_error };
}

/** The interval cut to the range that the quantity can take. */
export function clampInterval(interval: Interval, lowest: number, highest: number): Interval {
  return { estimate: interval.estimate, low: Math.max(interval.low, lowest), high: Math.min(interval.high, highest) };
}
