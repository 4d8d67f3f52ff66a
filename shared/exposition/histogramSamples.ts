import type { MetricLabels, MetricSample } from "./metricFamily.ts";

/** What was counted of one series: how many fell into each bucket by itself, and the sum of all. */
export interface HistogramCounts {
  /** Not cumulative; one more than there are bounds, of what lies above the last of them. */
  readonly counts: readonly number[];
  readonly sum: number;
}

/** Classic buckets, cumulative and ascending up to +Inf, which is the count. Bounds are written as floats: Prometheus 3 makes "1" a "1.0". */
export function histogramSamples(labels: MetricLabels, bounds: readonly number[], { counts, sum }: HistogramCounts): MetricSample[] {
  let total = 0;
  const buckets = counts.map((count, index): MetricSample => {
    total += count;
    return { suffix: "_bucket", labels: { ...labels, le: leOf(bounds[index]) }, value: total };
  });
  return [...buckets, { suffix: "_sum", labels, value: sum }, { suffix: "_count", labels, value: total }];
}

function leOf(bound: number | undefined): string {
  if (bound === undefined) return "+Inf";
  return Number.isInteger(bound) ? `${bound}.0` : String(bound);
}
