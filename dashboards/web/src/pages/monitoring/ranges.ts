const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

/** Spans that a reader may look at. */
export const RANGES = ["1d", "7d", "30d"] as const;
export type Range = (typeof RANGES)[number];

/**
 * A point of each: as dense as readings are kept, which is all for two days, one an hour for a fortnight, and one in six hours after that
 * (docs/monitoring.md).
 */
const SPANS: Readonly<Record<Range, { readonly text: string; readonly span_s: number; readonly step_s: number }>> = {
  "1d": { text: "1 day", span_s: DAY_S, step_s: 15 * MINUTE_S },
  "7d": { text: "7 days", span_s: 7 * DAY_S, step_s: HOUR_S },
  "30d": { text: "30 days", span_s: 30 * DAY_S, step_s: 6 * HOUR_S },
};

/** Steps that a chart may have, s: a longer one where there are too many series for one answer. */
const STEPS_S = [15 * MINUTE_S, HOUR_S, 2 * HOUR_S, 4 * HOUR_S, 6 * HOUR_S, 12 * HOUR_S, DAY_S, 2 * DAY_S, 5 * DAY_S];

/** Points of one answer of GET /api/monitoring/series, with room for what a subject has twice. */
const MAX_POINTS = 4_500;

export const textOfRange = (range: Range) => SPANS[range].text;

/** What is asked for: from when (epoch ms, on a step, so that the question stays the same until the next), and seconds of one point. */
export interface SeriesWindow {
  readonly from: number;
  readonly to: number;
  readonly step_s: number;
}

/** `series`: how many there will be; the step grows until one answer holds them. */
export function windowOf(range: Range, now: number, series = 1): SeriesWindow {
  const { span_s, step_s: usual } = SPANS[range];
  const step_s = STEPS_S.find((step) => step >= usual && (span_s / step + 1) * series <= MAX_POINTS) ?? STEPS_S.at(-1)!;
  const step = step_s * 1_000;
  const to = Math.ceil(now / step) * step;
  return { from: to - span_s * 1_000, to, step_s };
}
