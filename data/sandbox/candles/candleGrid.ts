import { IANAZone } from "luxon";
import { DAY, HOUR, type Instant, WEEK } from "../../../shared/domain/instant.ts";
import { type TimeZone, zoneOffset } from "../../../shared/domain/timeZone.ts";
import type { GranularityRule } from "./granularities.ts";

export interface Alignment {
  /** Local hour at which a day starts, 0 to 23. */
  readonly daily_hour: number;
  readonly zone: TimeZone;
  /** Local day on which a week starts, 0 = Sunday. */
  readonly week_day: number;
}

/** OANDA's defaults: days start at 17:00 in New York, weeks on Friday. */
export const DEFAULT_ALIGNMENT: Alignment = { daily_hour: 17, zone: "America/New_York", week_day: 5 };

export const WEEK_DAYS: readonly string[] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** Where candles start and end. `startOf` gives the start of the candle that covers a moment. */
export interface CandleGrid {
  startOf(instant: Instant): Instant;
  /** End of the candle that starts at `start`, which is the start of the next. */
  endOf(start: Instant): Instant;
}

/** OANDA takes any IANA zone; the offsets of shared/domain/timeZone.ts hold for all of them, though it names only a few. */
export function isTimeZone(name: string): name is TimeZone {
  return name !== "" && IANAZone.isValidZone(name);
}

export function createCandleGrid(rule: GranularityRule, alignment: Alignment): CandleGrid {
  if (rule.kind === "fixed") {
    const { nominal_ms } = rule;
    return { startOf: (instant) => Math.floor(instant / nominal_ms) * nominal_ms, endOf: (start) => start + nominal_ms };
  }
  const cut = rule.kind === "month" ? monthCut(alignment) : stepCut(rule, alignment);
  return {
    startOf: (instant) => toUtc(alignment.zone, cut.startOf(instant + zoneOffset(alignment.zone, instant))),
    endOf: (start) => toUtc(alignment.zone, cut.nextAfter(cut.startOf(start + zoneOffset(alignment.zone, start)))),
  };
}

/** Cuts of local wall-clock time, as milliseconds that a UTC clock would call by the local reading. */
interface LocalCut {
  startOf(local: number): number;
  nextAfter(start: number): number;
}

/**
 * Days, their parts, and weeks: steps of the wall clock. A day on which the clocks change has 23 or 25 hours and its parts
 * follow the wall clock; the change falls on the closed weekend in every zone where it matters.
 */
function stepCut(rule: Extract<GranularityRule, { kind: "hours" | "week" }>, alignment: Alignment): LocalCut {
  const step = rule.kind === "week" ? WEEK : rule.hours * HOUR;
  const sunday = 3 * DAY; // 1970-01-04, the first Sunday of the epoch
  const phase = alignment.daily_hour * HOUR + (rule.kind === "week" ? sunday + alignment.week_day * DAY : 0);
  return {
    startOf: (local) => Math.floor((local - phase) / step) * step + phase,
    nextAfter: (start) => start + step,
  };
}

/**
 * Months start with the trading day of their first date. A day that starts at noon or later is the next date's (17:00 on
 * 31 December starts 1 January's), one that starts before noon is its own date's.
 */
function monthCut(alignment: Alignment): LocalCut {
  const shift = (alignment.daily_hour >= 12 ? 24 - alignment.daily_hour : -alignment.daily_hour) * HOUR;
  const monthStart = (local: number, monthsOn: number): number => {
    const date = new Date(local + shift);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + monthsOn, 1) - shift;
  };
  return { startOf: (local) => monthStart(local, 0), nextAfter: (start) => monthStart(start, 1) };
}

function toUtc(zone: TimeZone, local: number): Instant {
  const guess = local - zoneOffset(zone, local);
  return local - zoneOffset(zone, guess);
}
