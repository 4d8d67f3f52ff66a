import { counted } from "../domain/counted.ts";
import { AppError } from "../errors.ts";
import { criticalValue } from "./criticalValue.ts";
import type { Interval } from "./interval.ts";

export interface DependenceOptions {
  /**
   * Bartlett lag of the Newey-West standard error: 0 for independent rows, horizon - 1 for labels that overlap over `horizon` bars.
   * Counted in rows, or in clusters when those are given.
   */
  readonly lag?: number;
  /** Rows with the same id, which must be neighbours, may depend on one another: the same hour of several instruments, say. */
  readonly clusters?: ArrayLike<number>;
}

/**
 * Standard error of the mean of a series that may be autocorrelated.
 *
 *   se^2 = G/(G-1) 1/n^2 [ sum_g u_g^2 + 2 sum_{k=1..L} (1 - k/(L+1)) sum_g u_g u_{g-k} ],  u_g = sum of (x_i - mean) over cluster g
 *
 * Without clusters every row is one (G = n), and lag 0 is the textbook s / sqrt(n). Bartlett's weights keep it non-negative.
 * Unit: that of x. Null for fewer than two clusters, where a spread is not defined.
 * References: Newey & West 1987, Econometrica 55(3); Liang & Zeger 1986, Biometrika 73(1) for the clusters.
 */
export function meanStandardError(values: ArrayLike<number>, options: DependenceOptions = {}): number | null {
  const { lag = 0, clusters } = options;
  if (!Number.isInteger(lag) || lag < 0) throw new AppError("invalid_request", `Newey-West lag ${lag} must be a whole number, 0 or more.`);
  const sums = deviationSums(values, clusters);
  if (sums.length < 2) return null;
  let spread = autocovariance(sums, 0);
  for (let k = 1; k <= Math.min(lag, sums.length - 1); k++) spread += 2 * (1 - k / (lag + 1)) * autocovariance(sums, k);
  const small_sample = sums.length / (sums.length - 1);
  return Math.sqrt(small_sample * Math.max(0, spread)) / values.length;
}

/** Mean with its 95 % interval, see `robustInterval`. Null where the standard error is not defined. */
export function meanInterval(values: ArrayLike<number>, options: DependenceOptions = {}): Interval | null {
  const standard_error = meanStandardError(values, options);
  return standard_error === null ? null : robustInterval(mean(values), standard_error, termsOf(values, options), options);
}

/** How many terms a mean's standard error stands on: rows, or clusters where those are given. */
export function termsOf({ length }: ArrayLike<number>, { clusters }: DependenceOptions): number {
  return clusters === undefined ? length : new Set(Array.from(clusters)).size;
}

/** `estimate +- c se` of a mean of `terms` values (termsOf): c = 1.96 for independent ones, more the longer the lag is (criticalValue.ts). */
export function robustInterval(estimate: number, standard_error: number, terms: number, { lag = 0 }: DependenceOptions): Interval {
  const half_width = criticalValue(terms, Math.min(lag, terms - 1)) * standard_error;
  return { estimate, low: estimate - half_width, high: estimate + half_width };
}

export function mean(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total / values.length;
}

function deviationSums(values: ArrayLike<number>, clusters: ArrayLike<number> | undefined): number[] {
  if (clusters !== undefined && clusters.length !== values.length) {
    throw new AppError("invalid_request", `Metrics: ${counted(clusters.length, "cluster id")} for ${counted(values.length, "row")}.`);
  }
  const centre = mean(values);
  const seen = new Set<number>();
  const sums: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const deviation = values[i]! - centre;
    if (clusters !== undefined && i > 0 && clusters[i] === clusters[i - 1]) {
      sums[sums.length - 1]! += deviation;
      continue;
    }
    if (clusters !== undefined) requireNewCluster(seen, clusters[i]!);
    sums.push(deviation);
  }
  return sums;
}

function requireNewCluster(seen: Set<number>, cluster: number): void {
  if (seen.has(cluster))
    throw new AppError("invalid_request", `Metrics: rows of cluster ${cluster} are not neighbours. Sort the rows by cluster.`);
  seen.add(cluster);
}

function autocovariance(series: readonly number[], lag: number): number {
  let total = 0;
  for (let i = lag; i < series.length; i++) total += series[i]! * series[i - lag]!;
  return total;
}
