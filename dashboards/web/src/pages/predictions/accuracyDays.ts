import type { SeriesCollection } from "../../../../../shared/contracts/monitoring.ts";

type Point = SeriesCollection["series"][number]["points"][number];

/** The last reading of a day of UTC of which enough was decided to tell. */
export interface AccuracyDay extends Point {
  /** 2026-01-31, of UTC: that is how the server cuts days. */
  readonly day: string;
  /** Share that the best rule without a model would have had right; null: not known of that day. */
  readonly baseline: number | null;
}

/** Days whose share can be told, and how many have one that cannot: of too few answers. */
export function accuracyDays(
  accuracy: readonly Point[],
  baseline: readonly Point[],
): { readonly days: readonly AccuracyDay[]; readonly untold: number } {
  const rule = new Map(baseline.filter(isTold).map(({ at, value }) => [dayOf(at), value]));
  const measured = accuracy.filter(({ value }) => value !== null);
  const days = measured.filter(isTold).map((point) => ({ ...point, day: dayOf(point.at), baseline: rule.get(dayOf(point.at)) ?? null }));
  return { days, untold: measured.length - days.length };
}

function isTold({ value, status }: Point): boolean {
  return value !== null && status !== "unknown";
}

/** Of what the server writes in UTC. */
function dayOf(at: string): string {
  return at.slice(0, 10);
}
