import type { Instant, TimeWindow } from "../../../shared/domain/instant.ts";

/** Where a build over the window starts when the views stand at `progress`: where the first stopped being current, or with the window. */
export function startAfter(progress: readonly (Instant | null)[], window: TimeWindow): Instant {
  return Math.min(window.start, ...progress.map((built_until) => built_until ?? window.start));
}

/**
 * The views' progress after a build over the window. Without a bar, the last interval stays open: its bar may only be late. What lies before
 * need not be looked at again.
 */
export function progressAfter(progress: readonly (Instant | null)[], window: TimeWindow, has_rows: boolean): Instant[] {
  const until = has_rows ? window.end : window.start;
  return progress.map((built_until) => Math.max(built_until ?? until, until));
}
