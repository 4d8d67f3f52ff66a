import type { Instant } from "../../../shared/domain/instant.ts";

export const MINUTES_PER_HOUR = 60;

/** The mid of one instrument through one hour, minute by minute. Buffers are reused: a path is read before the next is made. */
export interface MinutePath {
  /** Mid in ticks: `mids[0]` before the hour, `mids[m + 1]` at the end of minute m. */
  readonly mids: Int32Array;
  /** 1 where the instrument traded in minute m. */
  readonly traded: Uint8Array;
  /** Expected standard deviation of the hour's move, in ticks. */
  std_ticks: number;
}

export function createMinutePath(): MinutePath {
  return { mids: new Int32Array(MINUTES_PER_HOUR + 1), traded: new Uint8Array(MINUTES_PER_HOUR), std_ticks: 0 };
}

/** A market whose hours, by index of OpenHours, can be resolved into minutes. */
export interface PathSource {
  /** The path of an hour. Valid until the next call. */
  pathOf(index: number): MinutePath;
  readonly spread_ticks: number;
  readonly ticks_per_minute: number;
}

/** Whole minutes of an hour that were over at `now`, 0 to 60. */
export function minutesOver(hourStart: Instant, now: Instant): number {
  return Math.max(0, Math.min(MINUTES_PER_HOUR, Math.floor((now - hourStart) / 60_000)));
}
