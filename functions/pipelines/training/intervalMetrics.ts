import type { Interval } from "../../../shared/metrics/interval.ts";

/** A figure as metrics of a run: the ends of its interval are `_low` and `_high`. */
export function intervalMetrics(key: string, interval: Interval | null): Record<string, number | undefined> {
  return { [key]: interval?.estimate, [`${key}_low`]: interval?.low, [`${key}_high`]: interval?.high };
}
