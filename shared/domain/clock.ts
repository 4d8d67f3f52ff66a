import type { Instant } from "./instant.ts";

/**
 * A clock for a process. Without a `start` it tells the real time; with one (FX_CLOCK) it starts there and then ticks on
 * in real time, so that a whole stack can run on a Sunday, in the roll hour or on the day the clocks change.
 *
 * `wallNow` is the real time in milliseconds, handed in because shared code reads no clock (`Date.now` at the edge). The
 * clock never goes back: when the real time is set back, it waits.
 */
export function createClock(start: Instant | null, wallNow: () => number): { now(): Instant } {
  const wallStart = wallNow();
  const offset_ms = start === null ? 0 : start - wallStart;
  let latest = wallStart + offset_ms;
  return {
    now(): Instant {
      latest = Math.max(latest, wallNow() + offset_ms);
      return latest;
    },
  };
}
