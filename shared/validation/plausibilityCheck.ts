import type { DirectionEvaluation } from "../metrics/evaluateDirection.ts";
import type { Verdict } from "./verdict.ts";

/**
 * Highest hourly accuracy that is believed on real markets. Honest methods reach 49-52 % there, and more than 55 % out of sample is a
 * leak until proven otherwise (measured on OANDA's hourly candles of 2018-2025; the original Python system's 78-85 % was a random split
 * over overlapping labels). For simulated markets pass the simulation's known optimum instead.
 */
export const MAX_PLAUSIBLE_ACCURACY = 0.55;

/** Fails, as leak_check, when accuracy is above the plausible limit by more than chance explains. */
export function plausibilityCheck({ accuracy }: Pick<DirectionEvaluation, "accuracy">, max_plausible_accuracy: number): Verdict {
  if (accuracy === null) return { name: "leak_check", passed: false, detail: "accuracy is not defined without out-of-fold rows" };
  const passed = accuracy.low <= max_plausible_accuracy;
  const measured = `accuracy ${percent(accuracy.estimate)} (95 % interval ${percent(accuracy.low)} to ${percent(accuracy.high)})`;
  const limit = percent(max_plausible_accuracy);
  const detail = passed
    ? `${measured}, plausible limit ${limit}`
    : `${measured} lies above the plausible limit ${limit}: a leak until proven otherwise`;
  return { name: "leak_check", passed, detail };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
