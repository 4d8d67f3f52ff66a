import type { ReadingView } from "../../../../../shared/contracts/monitoring.ts";
import { numberOf } from "../../format/number.ts";

type Measured = Pick<ReadingView, "value" | "low" | "high" | "status" | "details">;

/** Why a share may not be looked at yet, as a sentence; null: it may. */
export function whyUntold(measured: Measured | undefined): string | null {
  if (measured === undefined) return "Not measured yet.";
  const { value, status, details } = measured;
  if (value !== null && status !== "unknown") return null;
  const reason = typeof details["reason"] === "string" ? `: ${details["reason"]}` : "";
  return `${value === null ? "Not known yet" : "Too few to tell"}${reason}.`;
}

/** Whether answers were right more often than the best rule without a model would have been, as far as both intervals let it be said. */
export function accuracyVerdict(accuracy: Measured, baseline: Measured | undefined): string {
  const untold = whyUntold(accuracy);
  if (untold !== null) return untold;
  const beside = whyUntold(baseline);
  if (baseline === undefined || beside !== null) return `Whether that is more than the baseline cannot be told. The baseline: ${beside}`;
  if (accuracy.low === null || accuracy.high === null || baseline.low === null || baseline.high === null)
    return "Whether that is more than the baseline cannot be told: there is no interval.";
  const ends = `${numberOf(100 * baseline.low, { digits: 1 })} to ${numberOf(100 * baseline.high, { digits: 1 })}`;
  if (accuracy.low > baseline.high) return `Even the lower end of the interval is above that of the baseline (${ends}).`;
  if (accuracy.high < baseline.low)
    return `Even the upper end of the interval is below that of the baseline (${ends}): the rule would have been better.`;
  return `Its interval and that of the baseline (${ends}) overlap: no difference is shown.`;
}
