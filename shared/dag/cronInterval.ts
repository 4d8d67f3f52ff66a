import { Cron } from "croner";
import { DAY, type Instant, type TimeWindow } from "../domain/instant.ts";
import type { TimeZone } from "../domain/timeZone.ts";

/**
 * The data interval of the run that is due at `at`: from the cron time before the last one, to the last one at or before `at`.
 * Times are those of a wall clock in `time_zone`, so an interval is 23 or 25 hours long where the clock changes. croner only
 * calculates here: given no function to call, it starts no timer.
 */
export function latestInterval(cron: string, time_zone: TimeZone, at: Instant): TimeWindow {
  // croner's reference is exclusive, and `at` itself is to be included.
  const [end, start] = new Cron(cron, { timezone: time_zone }).previousRuns(2, new Date(at + 1));
  if (!end || !start) throw new RangeError(`The cron "${cron}" has no two times before ${new Date(at).toISOString()}`);
  return { start: start.getTime(), end: end.getTime() };
}

/** The data interval of the next run after `at`: the one that begins where the latest ends. */
export function nextInterval(cron: string, time_zone: TimeZone, at: Instant): TimeWindow | null {
  const next = new Cron(cron, { timezone: time_zone }).nextRun(new Date(at));
  return next && { start: latestInterval(cron, time_zone, at).end, end: next.getTime() };
}

/** What a run by hand covers without more said: the latest interval of the schedule, or the last 24 hours where there is none. */
export function latestWindow(
  { schedule }: { readonly schedule: { readonly cron: string; readonly time_zone: TimeZone } | null },
  at: Instant,
): TimeWindow {
  return schedule ? latestInterval(schedule.cron, schedule.time_zone, at) : { start: at - DAY, end: at };
}

/** Times of the cron in [start, end], at most `limit` of them, in order. */
export function cronTimes(cron: string, time_zone: TimeZone, window: TimeWindow, limit: number): Instant[] {
  const pattern = new Cron(cron, { timezone: time_zone });
  const times: Instant[] = [];
  // croner's reference is exclusive, and looks at whole seconds.
  for (let next = pattern.nextRun(new Date(window.start - 1)); next && next.getTime() <= window.end; next = pattern.nextRun(next)) {
    times.push(next.getTime());
    if (times.length >= limit) break;
  }
  return times;
}
