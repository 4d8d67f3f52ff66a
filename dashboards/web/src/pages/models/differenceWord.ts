import type { Interval } from "../../../../../shared/metrics/interval.ts";

/** What the interval of a difference of losses says: below 0 the model is better. */
export type DifferenceWord = "better" | "worse" | "not_told_apart";

export function differenceWord({ low, high }: Pick<Interval, "low" | "high">): DifferenceWord {
  if (high < 0) return "better";
  return low > 0 ? "worse" : "not_told_apart";
}
