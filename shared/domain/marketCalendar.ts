import { DAY, HOUR, type Instant } from "./instant.ts";
import type { Instrument } from "./instrument.ts";
import { legsOf } from "./legs.ts";
import { fromLocal, localTime } from "./timeZone.ts";

/**
 * Trading hours of spot FX as OANDA keeps them, in New York time: from Sunday 17:00 to Friday 17:00, and closed for the
 * trading days that end at 17:00 on 25 December and on 1 January.
 */
const ZONE = "America/New_York";
const CLOSE_HOUR = 17;

/** True on the weekend, Friday 17:00 to Sunday 17:00 New York. Nothing that claims to have traded then is believed. */
export function isWeekend(instant: Instant): boolean {
  const { weekday, hour } = localTime(ZONE, instant);
  return weekday === 6 || (weekday === 5 && hour >= CLOSE_HOUR) || (weekday === 0 && hour < CLOSE_HOUR);
}

/** True on the two trading days a year without a market. Christmas on a Sunday is kept on the Monday. */
export function isHoliday(instant: Instant): boolean {
  if (isAmidYear(instant)) return false;
  // Seven hours later, the trading day that ends at 17:00 is the calendar day.
  const { month, day, weekday } = localTime(ZONE, instant + (24 - CLOSE_HOUR) * HOUR);
  return (month === 12 && (day === 25 || (day === 26 && weekday === 1))) || (month === 1 && day === 1);
}

/** Days of a mean year, counted from 1 January 1970. */
const YEAR_DAYS = 365.2425;

/** True of most days of a year, between which and its ends lie some days whatever year and zone it is: the quick answer. */
function isAmidYear(instant: Instant): boolean {
  const day = (instant / DAY) % YEAR_DAYS;
  return day > 5 && day < 353;
}

export function isMarketOpen(instant: Instant): boolean {
  return !isWeekend(instant) && !isHoliday(instant);
}

/** New York's hour at which Wellington begins the day after a holiday, at 07:00 of its summer. */
const WELLINGTON_HOUR = 13;

/**
 * True when no price of the instrument can have been traded: on weekends and holidays. Quotes of the New Zealand dollar begin on the
 * holiday itself, some hours before the market of the others.
 */
export function isClosedFor(instrument: Instrument, instant: Instant): boolean {
  if (isWeekend(instant)) return true;
  if (!isHoliday(instant)) return false;
  const { hour } = localTime(ZONE, instant);
  const { base, quote } = legsOf(instrument);
  return !((base === "NZD" || quote === "NZD") && hour >= WELLINGTON_HOUR && hour < CLOSE_HOUR);
}

/** The first open moment at or after `instant`, on the hour unless `instant` itself is open. */
export function nextMarketOpen(instant: Instant): Instant {
  if (isMarketOpen(instant)) return instant;
  let hour = Math.floor(instant / HOUR) * HOUR + HOUR;
  while (!isMarketOpen(hour)) hour += HOUR;
  return hour;
}

/** Milliseconds of open market in `[start, end)`; 0 when end <= start. The market opens and closes on the hour. */
export function openMarketMs(start: Instant, end: Instant): number {
  let open = 0;
  for (let at = start; at < end; ) {
    const next = Math.min(end, Math.floor(at / HOUR) * HOUR + HOUR);
    if (isMarketOpen(at)) open += next - at;
    at = next;
  }
  return open;
}

/** The close of the market that ends the trading week of `instant`: the next Friday 17:00 New York after it. */
export function weekClose(instant: Instant): Instant {
  const { year, month, day, weekday, hour } = localTime(ZONE, instant);
  const daysAhead = (5 - weekday + 7) % 7;
  const isPast = daysAhead === 0 && hour >= CLOSE_HOUR;
  const friday = new Date(Date.UTC(year, month - 1, day) + (daysAhead + (isPast ? 7 : 0)) * DAY);
  return fromLocal(ZONE, {
    year: friday.getUTCFullYear(),
    month: friday.getUTCMonth() + 1,
    day: friday.getUTCDate(),
    hour: CLOSE_HOUR,
  });
}
