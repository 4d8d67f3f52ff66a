import { DAY, HOUR, type Instant } from "./instant.ts";
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

/** True on the two trading days a year without a market. */
export function isHoliday(instant: Instant): boolean {
  // Seven hours later, the trading day that ends at 17:00 is the calendar day.
  const { month, day } = localTime(ZONE, instant + (24 - CLOSE_HOUR) * HOUR);
  return (month === 12 && day === 25) || (month === 1 && day === 1);
}

export function isMarketOpen(instant: Instant): boolean {
  return !isWeekend(instant) && !isHoliday(instant);
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
