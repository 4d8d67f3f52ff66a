import { z } from "zod";
import { type ClassificationInput, checkClassificationInput } from "../metrics/classificationInput.ts";

export const RELIABILITY_BINS = 10;

/** Rows of neighbouring forecasts: what was said of them on average, and the share that rose. */
export const reliabilityBinSchema = z.object({ mean_forecast: z.number(), share_up: z.number(), n: z.int() });
export type ReliabilityBin = z.infer<typeof reliabilityBinSchema>;

/**
 * The rows in bins of about equal numbers by forecast, ascending. Rows of one forecast stay in one bin, so there are fewer where few
 * different forecasts were made; no bin is empty. Of a calibrated forecaster, share_up differs from mean_forecast by chance alone,
 * sqrt(p (1 - p) / n). Reference: Nguyen & O'Connor 2015, EMNLP, for bins of equal mass.
 */
export function reliability({ y, p }: ClassificationInput, bins = RELIABILITY_BINS): ReliabilityBin[] {
  checkClassificationInput({ y, p });
  const order = Array.from(p, (_, row) => row).sort((a, b) => p[a]! - p[b]!);
  const found: ReliabilityBin[] = [];
  let start = 0;
  for (let bin = 1; bin <= bins; bin++) {
    let end = Math.max(start, Math.round((bin * order.length) / bins));
    while (end > start && end < order.length && p[order[end]!] === p[order[end - 1]!]) end++;
    if (end > start) found.push(binOf(order.slice(start, end), y, p));
    start = end;
  }
  return found;
}

function binOf(rows: readonly number[], y: ArrayLike<number>, p: ArrayLike<number>): ReliabilityBin {
  const mean = (values: ArrayLike<number>) => rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length;
  return { mean_forecast: mean(p), share_up: mean(y), n: rows.length };
}
