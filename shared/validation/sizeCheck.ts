import { labelUniqueness } from "../domain/labelUniqueness.ts";
import type { Verdict } from "./verdict.ts";

/**
 * Fewest independent out-of-fold rows for a verdict: about six weeks of hourly bars. With 1,000 rows the 95 % interval of accuracy is +- 3.1
 * points (1.96 sqrt(0.25/1000)); with fewer, a leak of 5 points could not be told from luck.
 */
export const MIN_TEST_ROWS = 1_000;

/** When each out-of-fold row's label begins and is decided. */
export interface TestedLabels {
  readonly event_time: ArrayLike<number>;
  readonly label_end: ArrayLike<number>;
}

/**
 * Rows whose labels overlap are worth fewer: the sum of their labels' uniqueness (labelUniqueness.ts), which is all of them where each label
 * ends before the next begins, and one in h where every bar has one of h bars.
 */
export function sizeCheck({ event_time, label_end }: TestedLabels): Verdict {
  const rows = event_time.length;
  // Summed thirds are not quite a whole number.
  const independent = Math.floor(labelUniqueness(event_time, label_end).reduce((sum, share) => sum + share, 0) + 1e-6);
  const worth = independent === rows ? "" : `, whose labels overlap and are worth ${independent} independent ones`;
  const detail = `${rows} out-of-fold rows${worth}, at least ${MIN_TEST_ROWS} needed`;
  return { name: "size_check", passed: independent >= MIN_TEST_ROWS, detail };
}
