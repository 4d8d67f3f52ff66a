import type { Verdict } from "./verdict.ts";

/**
 * Fewest out-of-fold rows for a verdict: about six weeks of hourly bars. With 1,000 rows the 95 % interval of accuracy is +- 3.1 points
 * (1.96 sqrt(0.25/1000)); with fewer, a leak of 5 points could not be told from luck.
 */
export const MIN_TEST_ROWS = 1_000;

export function sizeCheck(rows: number): Verdict {
  return { name: "size_check", passed: rows >= MIN_TEST_ROWS, detail: `${rows} out-of-fold rows, at least ${MIN_TEST_ROWS} needed` };
}
