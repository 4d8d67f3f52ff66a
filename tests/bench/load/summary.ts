/** Latencies of a run, with the answers that were not 2xx counted apart. */
export interface LoadSummary {
  readonly requests: number;
  readonly failures: number;
  readonly seconds: number;
  readonly per_second: number;
  readonly p50_ms: number;
  readonly p95_ms: number;
  readonly p99_ms: number;
  readonly max_ms: number;
}

export interface LoadSamples {
  readonly latencies_ms: readonly number[];
  readonly failures: number;
  readonly seconds: number;
}

export function summarizeLoad({ latencies_ms, failures, seconds }: LoadSamples): LoadSummary {
  const sorted = Float64Array.from(latencies_ms).sort();
  const requests = sorted.length;
  return {
    requests,
    failures,
    seconds,
    per_second: requests / seconds,
    p50_ms: percentile(sorted, 0.5),
    p95_ms: percentile(sorted, 0.95),
    p99_ms: percentile(sorted, 0.99),
    max_ms: sorted[requests - 1] ?? Number.NaN,
  };
}

/** The smallest value that at least `share` of the sorted values do not exceed (nearest rank). */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
