import { type CalibrationBin, calibrationBins } from "./calibrationBins.ts";
import type { ClassificationInput } from "./classificationInput.ts";

export interface CalibrationError {
  /** Mean over the rows of |mean p - share that rose| of their bin. */
  readonly ece: number;
  /** What a perfectly calibrated model has on so many independent rows, by chance alone. */
  readonly ece_of_chance: number;
}

/**
 * Expected calibration error in bins of equal mass, and how much of it is chance: a gap of a bin of n_b rows is never 0 but spreads by
 * sqrt(r (1 - r) / n_b), of which the mean size is sqrt(2 / pi) as large. Null without rows.
 * Reference: Naeini, Cooper & Hauskrecht 2015, AAAI.
 */
export function calibrationError(input: ClassificationInput): CalibrationError | null {
  const bins = calibrationBins(input);
  if (bins.length === 0) return null;
  return {
    ece: eceOf(bins),
    ece_of_chance: weighted(bins, ({ rows, rate }) => Math.sqrt((2 * rate * (1 - rate)) / (Math.PI * rows.length))),
  };
}

export function eceOf(bins: readonly CalibrationBin[]): number {
  return weighted(bins, ({ mean_p, rate }) => Math.abs(mean_p - rate));
}

function weighted(bins: readonly CalibrationBin[], value: (bin: CalibrationBin) => number): number {
  const rows = bins.reduce((total, bin) => total + bin.rows.length, 0);
  return bins.reduce((total, bin) => total + bin.rows.length * value(bin), 0) / rows;
}
