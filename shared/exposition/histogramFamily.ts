import { BEYOND } from "../monitoring/durationBounds.ts";
import { type HistogramCounts, histogramSamples } from "./histogramSamples.ts";
import type { MetricFamily, MetricLabels } from "./metricFamily.ts";

/** A histogram of a series a row. */
export function histogram(
  name: string,
  help: string,
  bounds: readonly number[],
  series: readonly (readonly [MetricLabels, HistogramCounts])[],
): MetricFamily {
  return { name, help, type: "histogram", samples: series.flatMap(([labels, counts]) => histogramSamples(labels, bounds, counts)) };
}

/** Rows by the bucket that they fell into. A bound that is no more counts to the next one above it. */
export function countsOf<Row>(
  bounds: readonly number[],
  rows: readonly Row[],
  bound: (row: Row) => number,
  count: (row: Row) => number,
): number[] {
  const counts = new Array<number>(bounds.length + 1).fill(0);
  for (const row of rows) {
    const own = bound(row);
    const at = own === BEYOND ? -1 : bounds.findIndex((one) => own <= one);
    counts[at < 0 ? bounds.length : at]! += count(row);
  }
  return counts;
}

/** Totals of rows by a key. */
export function sums<Row>(rows: readonly Row[], keyOf: (row: Row) => string, amountOf: (row: Row) => number): Map<string, number> {
  const totals = new Map<string, number>();
  for (const row of rows) totals.set(keyOf(row), (totals.get(keyOf(row)) ?? 0) + amountOf(row));
  return totals;
}
