import type { CalibrationRecord } from "../../../../../shared/calibration/calibrationRecord.ts";
import type { ReliabilityBin } from "../../../../../shared/calibration/reliability.ts";
import { normalQuantile } from "../../../../../shared/metrics/normalQuantile.ts";

export type CalibrationView = Pick<CalibrationRecord, "calibrator" | "reason" | "candidates" | "reliability" | "log_loss_minus_raw">;

/** calibration.json, as the report reads it. Throws where it has no reliability curve, which is what it is read for. */
export function readCalibration(content: unknown): CalibrationView {
  const record = content as Partial<CalibrationRecord> | null;
  if (!record?.reliability?.before || !record.reliability.after || !record.calibrator)
    throw new Error("calibration.json of this version is of another release's shape: it has no reliability curve.");
  return {
    calibrator: record.calibrator,
    reason: record.reason ?? "",
    candidates: record.candidates ?? [],
    reliability: record.reliability,
    log_loss_minus_raw: record.log_loss_minus_raw ?? null,
  };
}

/** A bin with the shares between which a perfectly calibrated forecaster has those of all bins together in 95 of 100 cases. */
export interface JudgedBin extends ReliabilityBin {
  readonly chance_low: number;
  readonly chance_high: number;
  readonly is_within_chance: boolean;
}

const LEVEL = 0.95;

/**
 * By the standard error sqrt(p (1 - p) / n) of a share of n independent rows, at the level 1 - 0.05 / bins of each (Bonferroni): of ten bins
 * that are judged each at 95 %, one lies outside by chance in 40 % of cases.
 */
export function judgedBins(bins: readonly ReliabilityBin[]): readonly JudgedBin[] {
  const judged = bins.filter(({ n }) => n > 0).length;
  const z = normalQuantile(1 - (1 - LEVEL) / (2 * Math.max(1, judged)));
  return bins.map((bin) => {
    const half = bin.n === 0 ? 1 : z * Math.sqrt((bin.mean_forecast * (1 - bin.mean_forecast)) / bin.n);
    const [chance_low, chance_high] = [Math.max(0, bin.mean_forecast - half), Math.min(1, bin.mean_forecast + half)];
    return { ...bin, chance_low, chance_high, is_within_chance: bin.share_up >= chance_low && bin.share_up <= chance_high };
  });
}
