import { AppError } from "../errors.ts";

/** A moment as UTC epoch milliseconds. ISO text exists only at the edges of the system. */
export type Instant = number;

/** A half-open span of time, `[start, end)`. */
export interface TimeWindow {
  readonly start: Instant;
  readonly end: Instant;
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

/** `2025-06-27T12:00:00.000Z` without the milliseconds when they are zero. */
export function toIso(instant: Instant): string {
  return new Date(instant).toISOString().replace(".000Z", "Z");
}

export function toIsoOrNull(instant: Instant | null): string | null {
  return instant === null ? null : toIso(instant);
}

const RFC_3339 = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;
const UNIX_SECONDS = /^(\d{1,11})\.(\d{9})$/;

/**
 * Reads RFC 3339 text with a zone (up to nanoseconds, truncated to milliseconds), or OANDA's UNIX form
 * (`"1491201560.000000000"`). Returns null for anything else, and for dates that do not exist.
 */
export function parseInstant(text: string): Instant | null {
  const unix = UNIX_SECONDS.exec(text);
  if (unix) return Number(unix[1]) * SECOND + Math.trunc(Number(unix[2]) / 1_000_000);
  const match = RFC_3339.exec(text);
  if (!match) return null;
  const [, date, time, fraction = "", zone] = match as unknown as [string, string, string, string | undefined, string];
  const millis = `${fraction}000`.slice(0, 3);
  // Date.parse rolls 30 February over to March; the round trip finds such a date.
  const local = Date.parse(`${date}T${time}.${millis}Z`);
  if (Number.isNaN(local) || new Date(local).toISOString().slice(0, 19) !== `${date}T${time}`) return null;
  const instant = Date.parse(`${date}T${time}.${millis}${zone.toUpperCase()}`);
  return Number.isNaN(instant) ? null : instant;
}

/** `parseInstant`, but an error that names `field` in place of null. */
export function requireInstant(text: string, field: string): Instant {
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  throw new AppError(
    "invalid_timestamp",
    `${field}: "${text}" is not a time. Use RFC 3339 with a zone, for example 2025-06-27T12:00:00Z.`,
    {
      status: 400,
      details: { field },
    },
  );
}
