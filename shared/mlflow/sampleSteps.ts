import type { MetricSteps } from "../ports/runStore.ts";

/** About `at_most` of the steps, evenly spread, and the ends of every run's own: what a chart of the runs can show. */
export function sampleSteps({ all, ends }: MetricSteps, at_most: number): readonly number[] {
  if (all.length <= at_most) return all;
  const stride = all.length / at_most;
  const even = Array.from({ length: at_most }, (_, index) => all[Math.floor(index * stride)]!);
  return [...new Set([...even, ...ends])].sort((a, b) => a - b);
}
