import { GRANULARITY_MS, type Granularity } from "./granularity.ts";
import { type Instant, MINUTE } from "./instant.ts";
import { nextMarketOpen } from "./marketCalendar.ts";

/** Open market after the end of the bar that a prediction is about for which it is served: by then the next one is ten minutes late. */
export const STALE_AFTER_MS = 10 * MINUTE;

/** A bar is collected within seconds of its close. One that is missing for longer is late, and people are told. */
export const LATE_BAR_AFTER_MS = 5 * MINUTE;

/** End of the `bars`-th bar that the calendar has after one that ended at `end`: on Friday's close, the first is Sunday's. */
export function barEndAfter(end: Instant, granularity: Granularity, bars = 1): Instant {
  const bar_ms = GRANULARITY_MS[granularity];
  let at = end;
  for (let i = 0; i < bars; i++) at = nextMarketOpen(at) + bar_ms;
  return at;
}
