import type { TimeWindow } from "../domain/instant.ts";
import { cronTimes } from "./cronInterval.ts";
import type { DagSchedule } from "./dag.ts";

export const MISSED_REASONS = ["paused", "not_running"] as const;
export type MissedReason = (typeof MISSED_REASONS)[number];

/** Counting stops here: a week without data_collection has as many. */
export const MAX_COUNTED = 1_000;

/** Intervals of the schedule that lie within the span, at most MAX_COUNTED. */
export function countIntervals({ cron, time_zone }: DagSchedule, span: TimeWindow): number {
  return Math.max(0, cronTimes(cron, time_zone, span, MAX_COUNTED + 1).length - 1);
}

/** Whether the windows, ascending by their start, cover the span without a gap. */
export function isCovered(span: TimeWindow, windows: readonly TimeWindow[]): boolean {
  let until = span.start;
  for (const { start, end } of windows) {
    if (start > until) break;
    until = Math.max(until, end);
  }
  return until >= span.end;
}
