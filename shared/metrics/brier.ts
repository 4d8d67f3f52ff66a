import { type ClassificationInput, checkClassificationInput } from "./classificationInput.ts";
import type { Interval } from "./interval.ts";
import { type DependenceOptions, meanInterval } from "./meanInterval.ts";

/**
 * Brier score, the mean of (p - y)^2 in [0, 1] (0.25 is a coin), with its Newey-West interval. Null for fewer than two rows.
 * Reference: Brier 1950, Monthly Weather Review 78(1).
 */
export function brier(input: ClassificationInput & DependenceOptions): Interval | null {
  checkClassificationInput(input);
  return meanInterval(
    Float64Array.from({ length: input.y.length }, (_, i) => (input.p[i]! - input.y[i]!) ** 2),
    input,
  );
}
