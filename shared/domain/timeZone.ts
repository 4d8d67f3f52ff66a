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
  if (newest.zone !== zone || newest.week !== week) newest = offsetsOf(zone, week);
  return instant < newest.changes_at ? newest.before : newest.after;
}

/** What the clock of `zone` shows at `instant`, as the moment at which one that keeps UTC shows it: for arithmetic on hours and days alone. */
export function wallTime(zone: TimeZone, instant: Instant): number {
  return instant + zoneOffset(zone, instant);
}

/** The hour that a wall clock shows, 0 to 23. */
export function hourOfDay(wall: number): number {
  return Math.floor(modulo(wall, DAY) / HOUR);
}

/** The day of the week that a wall clock shows, from 0 = Sunday. */
export function dayOfWeek(wall: number): number {
  return Math.floor(modulo(wall - SUNDAY, WEEK) / DAY);
}

/** Monday to Friday. */
export function isWeekday(wall: number): boolean {
  const day = dayOfWeek(wall);
  return day >= 1 && day <= 5;
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
  return atWallTime(zone, Date.UTC(local.year, local.month - 1, local.day, local.hour));
}

/** The instant at which the clock of `zone` shows `wall`, a moment as `wallTime` gives it. What DST skips is an hour later. */
export function atWallTime(zone: TimeZone, wall: number): Instant {
  const guess = wall - zoneOffset(zone, wall);
  const instant = wall - zoneOffset(zone, guess);
  return instant + zoneOffset(zone, instant) === wall ? instant : Math.max(guess, instant);
}

/** Hours since local Sunday 00:00, 0 to 167: the slot that seasonal statistics are kept by. */
export function hourOfWeek(zone: TimeZone, instant: Instant): number {
  return Math.floor(modulo(wallTime(zone, instant) - SUNDAY, WEEK) / HOUR);
}

/** 1970-01-04, the first Sunday of the epoch. */
const SUNDAY = 3 * DAY;

/** From 0 to before `by`. Exact for whole milliseconds, and several times faster than the remainder of numbers beyond 31 bits. */
function modulo(value: number, by: number): number {
  return value - Math.floor(value / by) * by;
}

/** The offsets of a zone in one week of the epoch. No zone changes its clock twice in a week. */
interface WeekOffsets {
  readonly zone: string;
  readonly week: number;
  readonly before: number;
  readonly after: number;
  /** The first instant with the offset `after`. */
  readonly changes_at: Instant;
}

const zones = new Map<string, IANAZone>();
const weeks = new Map<string, WeekOffsets>();
/** That of the last question: instants mostly come in runs. */
let newest: WeekOffsets = { zone: "", week: Number.NaN, before: 0, after: 0, changes_at: 0 };

function offsetsOf(zone: string, week: number): WeekOffsets {
  const key = `${zone}:${week}`;
  let offsets = weeks.get(key);
  if (!offsets) {
    const [first, last] = [week * WEEK, (week + 1) * WEEK - 1];
    const [before, after] = [exactOffset(zone, first), exactOffset(zone, last)];
    offsets = { zone, week, before, after, changes_at: before === after ? first : changeBetween(zone, first, last) };
    weeks.set(key, offsets);
  }
  return offsets;
}

/** By bisection: the offset at `from` is another than at `to`. */
function changeBetween(zone: string, from: Instant, to: Instant): Instant {
  const before = exactOffset(zone, from);
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (exactOffset(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

function exactOffset(zone: string, instant: Instant): number {
  let iana = zones.get(zone);
  if (!iana) {
    iana = IANAZone.create(zone);
    zones.set(zone, iana);
  }
  return iana.offset(instant) * MINUTE;
}
