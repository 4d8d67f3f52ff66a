import { returnBounds } from "../../shared/calibration/returnInterval.ts";
import type { ReturnIntervalBp } from "../../shared/contracts/predict.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import type { ModelAnswer, ServedModel } from "./servedModel.ts";

/** The interval for the return of the predicted bar; null of a model without one, or where its volatility is missing. */
export function returnIntervalOf(
  { card, volatility_at }: ServedModel,
  { prediction, inputs }: ModelAnswer,
  event_time: Instant,
): ReturnIntervalBp | null {
  const interval = card.return_interval;
  const volatility = inputs[volatility_at];
  if (interval === null || volatility === undefined || !(volatility > 0)) return null;
  const { low, high } = returnBounds(interval, { p: prediction, volatility, event_time });
  return { low, high, level: interval.level, realised_coverage: interval.realised_coverage, n: interval.realised_rows };
}
