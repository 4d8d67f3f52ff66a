import { z } from "zod";
import { calibrationBins } from "../metrics/calibrationBins.ts";
import type { ClassificationInput } from "../metrics/classificationInput.ts";

/** Rows of neighbouring forecasts: what was said of them on average, and the share that rose. */
export const reliabilityBinSchema = z.object({ mean_forecast: z.number(), share_up: z.number(), n: z.int() });
export type ReliabilityBin = z.infer<typeof reliabilityBinSchema>;

/**
 * The reliability curve, in bins of about equal numbers of rows, ascending by forecast (calibrationBins.ts). Of a calibrated forecaster
 * share_up differs from mean_forecast by chance alone, of a standard error of sqrt(p (1 - p) / n).
 */
export function reliability(input: ClassificationInput): ReliabilityBin[] {
  return calibrationBins(input).map(({ rows, mean_p, rate }) => ({ mean_forecast: mean_p, share_up: rate, n: rows.length }));
}
