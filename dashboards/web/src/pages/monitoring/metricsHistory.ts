import type { Point } from "./lineData.ts";
import { countedBetween } from "./metricValues.ts";
import type { Sample } from "./parseMetrics.ts";

/** What GET /metrics said at a moment, epoch ms. */
export interface MetricsSnapshot {
  readonly at: number;
  readonly samples: readonly Sample[];
}

/** Two hours of a page that asks twice a minute. */
const MAX_SNAPSHOTS = 240;
/** What is drawn of counters and histograms; readings have curves of their own. */
const KEPT = /^fx_(http_|prediction|online_read|task|callbacks|dead_letters|database)/;

/** The snapshots with one more, and without those beyond what is kept. The same one again adds nothing. */
export function remember(told: readonly MetricsSnapshot[], { at, samples }: MetricsSnapshot): readonly MetricsSnapshot[] {
  const newest = told.at(-1);
  if (newest !== undefined && at <= newest.at) return told;
  return [...told, { at, samples: samples.filter(({ name }) => KEPT.test(name)) }].slice(-MAX_SNAPSHOTS);
}

/** A curve of what lies between one snapshot and the next: `read` is told what was counted meanwhile, and in how many seconds. */
export function curveBetween(
  told: readonly MetricsSnapshot[],
  read: (counted: readonly Sample[], seconds: number) => number | null,
): Point[] {
  return told.slice(1).map(({ at, samples }, before) => {
    const former = told[before]!;
    return [at, read(countedBetween(former.samples, samples), (at - former.at) / 1_000)];
  });
}

/** A curve of a gauge, as it was told at each snapshot. */
export function curveOf(told: readonly MetricsSnapshot[], read: (samples: readonly Sample[]) => number | null): Point[] {
  return told.map(({ at, samples }) => [at, read(samples)]);
}
