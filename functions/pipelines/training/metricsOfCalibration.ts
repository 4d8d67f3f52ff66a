import type { CalibrationRecord } from "../../../shared/calibration/calibrationRecord.ts";
import { intervalMetrics } from "./intervalMetrics.ts";

/** What calibration did, as metrics of a run. Of an evaluation from before it there are none. */
export function metricsOfCalibration(record: CalibrationRecord | null): Record<string, number | undefined> {
  if (record === null) return {};
  const { calibrator, return_interval } = record;
  return {
    ...intervalMetrics("raw_log_loss", record.raw_log_loss),
    ...intervalMetrics("log_loss_minus_raw", record.log_loss_minus_raw),
    ...(calibrator.kind === "platt" ? { platt_slope: calibrator.slope, platt_intercept: calibrator.intercept } : {}),
    ...intervalMetrics("return_interval_coverage", return_interval?.realised_coverage ?? null),
    return_interval_level: return_interval?.level,
    return_interval_rows: return_interval?.realised_rows,
  };
}
