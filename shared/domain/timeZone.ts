import { IANAZone } from "luxon";
import { DAY, HOUR, type Instant, MINUTE, WEEK } from "./instant.ts";

export type TimeZone = "America/New_York" | "Europe/London" | "Asia/Tokyo" | "Asia/Singapore" | "UTC";

/** A wall-clock reading. `weekday` counts from 0 = Sunday. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly weekday: number;
}

/**
 * Offset of `zone` from UTC in milliseconds at `instant`: negative west of Greenwich. `zone` is a name of the IANA database; of one that is
 * not in it the offset is NaN.
 */
export function zoneOffset(zone: string, instant: Instant): number {
  if (zone === "UTC") return 0;
  const week = Math.floor(instant / WEEK);
  const [first, last] = weekOffsets(zone, week);
  // No zone here changes its clock twice in a week, so equal ends mean a constant week: the common case, one map look-up.
  return first === last ? first : exactOffset(zone, instant);
}

/** Wall-clock reading in `zone` at `instant`. */
export function localTime(zone: TimeZone, instant: Instant): LocalTime {
  const shifted = new Date(instant + zoneOffset(zone, instant));
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    weekday: shifted.getUTCDay(),
  };
}

/** The instant at which the clock of `zone` shows this date and hour. An hour that DST skips gives the one after it. */
export function fromLocal(zone: TimeZone, local: { year: number; month: number; day: number; hour: number }): Instant {
  const wall = Date.UTC(local.year, local.month - 1, local.day, local.hour);
  const guess = wall - zoneOffset(zone, wall);
  const instant = wall - zoneOffset(zone, guess);
  return instant + zoneOffset(zone, instant) === wall ? instant : Math.max(guess, instant);
}

/** Hours since local Sunday 00:00, 0 to 167: the slot that seasonal statistics are kept by. */
export function hourOfWeek(zone: TimeZone, instant: Instant): number {
  const sunday = 3 * DAY; // 1970-01-04, the first Sunday of the epoch
  const local = instant + zoneOffset(zone, instant) - sunday;
  return Math.floor((((local % WEEK) + WEEK) % WEEK) / HOUR);
}

const zones = new Map<string, IANAZone>();
const weeks = new Map<string, readonly [number, number]>();

function exactOffset(zone: string, instant: Instant): number {
  let iana = zones.get(zone);
  if (!iana) {
    iana = IANAZone.create(zone);
    zones.set(zone, iana);
  }
  return iana.offset(instant) * MINUTE;
}

function weekOffsets(zone: string, week: number): readonly [number, number] {
  const key = `${zone}:${week}`;
  let offsets = weeks.get(key);
  if (!offsets) {
    offsets = [exactOffset(zone, week * WEEK), exactOffset(zone, (week + 1) * WEEK - 1)];
    weeks.set(key, offsets);
  }
  return offsets;
}
