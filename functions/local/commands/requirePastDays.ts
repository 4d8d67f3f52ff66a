import { DAY, requireInstant, type TimeWindow, toIso } from "../../../shared/domain/instant.ts";
import { usageError } from "../text/localError.ts";

/** Whole days are replayed, so the last of them has to be over by the clock of the stack. */
export function requirePastDays(clock: string, window: TimeWindow): void {
  const now = requireInstant(clock, "clock");
  if (window.end <= now) return;
  const [last, whole] = [window.end - DAY, Math.floor(now / DAY) * DAY - DAY].map((day) => toIso(day).slice(0, 10));
  const here = toIso(Math.floor(now / 1_000) * 1_000);
  throw usageError(`--to ${last} is not over yet: it is ${here} here, and the last whole day is ${whole}.`, "backfill");
}
