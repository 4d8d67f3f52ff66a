import { setTimeout as sleep } from "node:timers/promises";

const SHORTEST_MS = 50;
const LONGEST_MS = 700;
/** Of the time that the work has taken so far. */
const SHARE = 0.1;

/** Waits before the next look at work that may take a moment or minutes: at most a tenth of what it has taken, so that its end is seen soon. */
export function untilNextLook(began_ms: number, now_ms = Date.now()): Promise<void> {
  return sleep(pauseOf(now_ms - began_ms));
}

export function pauseOf(elapsed_ms: number): number {
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, elapsed_ms * SHARE));
}
