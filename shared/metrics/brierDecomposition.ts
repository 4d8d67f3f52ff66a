import { type CalibrationBin, calibrationBins } from "./calibrationBins.ts";
import type { ClassificationInput } from "./classificationInput.ts";

export interface BrierParts {
  /** How far the probabilities are from what comes of them: 0 when calibrated. What chance adds is taken out, so it may be below 0. */
  readonly reliability: number;
  /** How far what comes differs from bin to bin: what was told apart. Without skill it is 0, and by chance above or below. */
  readonly resolution: number;
  /** The base rate's own Brier score: 0.25 at even odds. */
  readonly uncertainty: number;
  /** What lies within the bins, which reliability and resolution do not see. */
  readonly within_bins: number;
}

/**
 * Murphy's decomposition of the Brier score in bins of equal mass, score = reliability - resolution + uncertainty + within_bins, exactly.
 *
 *   reliability = sum_k n_k/n (p_k - r_k)^2 - c      c = sum_k n_k/n r_k (1 - r_k) / (n_k - 1)
 *   resolution  = sum_k n_k/n (r_k - r)^2 - c + u    u = r (1 - r) / (n - 1)
 *   uncertainty = r (1 - r) + u
 *   within_bins = 1/n sum_k sum_i [ (p_i - p_k)^2 - 2 (y_i - r_k) (p_i - p_k) ]
 *
 * p_k and r_k are the mean probability and the share of rises of bin k. Without c and u, noise alone would have a resolution and a
 * reliability of bins / 4n each. Null where a bin has fewer than two rows.
 * References: Murphy 1973, Journal of Applied Meteorology 12; Stephenson, Coelho & Jolliffe 2008, Weather and Forecasting 23, for what lies
 * within; Ferro & Fricker 2012, QJRMS 138, for c and u.
 */
export function brierDecomposition(input: ClassificationInput): BrierParts | null {
  const bins = calibrationBins(input);
  const n = input.y.length;
  if (bins.length === 0 || bins.some(({ rows }) => rows.length < 2)) return null;
  const mean = (value: (bin: CalibrationBin) => number) => bins.reduce((sum, bin) => sum + bin.rows.length * value(bin), 0) / n;
  const base = mean(({ rate }) => rate);
  const chance = mean(({ rate, rows }) => (rate * (1 - rate)) / (rows.length - 1));
  const of_base = (base * (1 - base)) / (n - 1);
  return {
    reliability: mean(({ mean_p, rate }) => (mean_p - rate) ** 2) - chance,
    resolution: mean(({ rate }) => (rate - base) ** 2) - chance + of_base,
    uncertainty: base * (1 - base) + of_base,
    within_bins: bins.reduce((sum, bin) => sum + withinBin(bin, input), 0) / n,
  };
}

function withinBin({ rows, mean_p, rate }: CalibrationBin, { y, p }: ClassificationInput): number {
  return rows.reduce((sum, row) => {
    const off = p[row]! - mean_p;
    return sum + off * off - 2 * (y[row]! - rate) * off;
  }, 0);
}
