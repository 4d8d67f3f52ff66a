import { DAY, HOUR, type Instant, type TimeWindow } from "../domain/instant.ts";
import { cronTimes, latestInterval } from "./cronInterval.ts";
import type { DagSchedule } from "./dag.ts";

/** Length of each run's interval: "schedule" for the DAG's own, or hours or days such as "6h" and "1d". */
export type BackfillStep = "schedule" | `${number}h` | `${number}d`;

export const BACKFILL_STEP = /^(schedule|[1-9]\d{0,3}[hd])$/;

/**
 * A DAG that runs more often than daily is backfilled by calendar days of UTC: its steps take any window, and 24 times fewer runs say
 * the same. One that runs daily or more seldom keeps its own intervals.
 */
export function defaultStep(schedule: DagSchedule | null, at: Instant): BackfillStep {
  if (!schedule) return "1d";
  const { start, end } = latestInterval(schedule.cron, schedule.time_zone, at);
  return end - start < SHORTEST_DAY ? "1d" : "schedule";
}

/** A day on which the clock goes forward has 23 hours. */
const SHORTEST_DAY = 23 * HOUR;

/**
 * The intervals that a backfill runs, oldest first. "schedule": those of the cron that lie in the window whole. Otherwise the window is
 * cut at multiples of the step, counted from the full hour or the UTC midnight that it begins in, so its ends may be shorter. At most
 * `limit` + 1 are returned: enough to say that there are too many.
 */
export function backfillIntervals(window: TimeWindow, step: BackfillStep, schedule: DagSchedule | null, limit: number): TimeWindow[] {
  return step === "schedule" ? scheduledIntervals(window, schedule, limit) : equalIntervals(window, step, limit);
}

function scheduledIntervals(window: TimeWindow, schedule: DagSchedule | null, limit: number): TimeWindow[] {
  if (!schedule) return [];
  const times = cronTimes(schedule.cron, schedule.time_zone, window, limit + 2);
  return times.slice(1).map((end, index) => ({ start: times[index]!, end }));
}

function equalIntervals(window: TimeWindow, step: BackfillStep, limit: number): TimeWindow[] {
  const unit = step.endsWith("d") ? DAY : HOUR;
  const length = Number.parseInt(step, 10) * unit;
  const found: TimeWindow[] = [];
  let end = Math.floor(window.start / unit) * unit + length;
  for (let start = window.start; start < window.end && found.length <= limit; end += length) {
    found.push({ start, end: Math.min(end, window.end) });
    start = end;
  }
  return found;
}
