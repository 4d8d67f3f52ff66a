import { DAY, HOUR, type Instant, WEEK } from "../domain/instant.ts";
import { isWeekend } from "../domain/marketCalendar.ts";
import { zoneOffset } from "../domain/timeZone.ts";

const NEW_YORK = "America/New_York";
/** Clocks of brokers that begin the week at midnight on Monday, all the year: seven hours before New York's. */
const MIDNIGHT_WEEK_HOURS = 7;
/** The nearest ones first: of two that explain as much, the smaller error is the likelier. */
const HOURS_AWAY = Array.from({ length: 13 }, (_, i) => [i + 1, -i - 1]).flat();
const SLOTS = WEEK / HOUR;
/** Bars in the weekend that are no accident: OANDA itself stores one now and then. */
const MIN_MISPLACED = 3;
/** Of the bars that the clock as labelled puts into the weekend, what may be left there by another clock. */
const MAX_LEFT = 0.25;

export interface ClockShift {
  /** What `--time-zone` would correct it with: a fixed offset, or New York's clock with hours added. */
  readonly time_zone: string;
  /** Bars that lie in the weekend as labelled, and that would under this clock. */
  readonly misplaced: number;
  readonly left: number;
  readonly bars: number;
}

/**
 * Collects where bars lie in the week, and says whose clock they were written by, judged by where the weekend's gap lies: the market is
 * closed from Friday 17:00 to Sunday 17:00 New York, and a clock that is labelled wrongly moves bars into those hours.
 */
export class ClockWatch {
  /** Bars by the hour of the week in UTC, apart for New York's summer and winter. */
  readonly #counts = { summer: new Float64Array(SLOTS), winter: new Float64Array(SLOTS) };
  #bars = 0;

  add(start: Instant): void {
    this.#counts[isSummer(start) ? "summer" : "winter"][slotOf(start)]! += 1;
    this.#bars += 1;
  }

  /** Null when the bars lie where UTC puts the market, or when no other clock explains them much better. */
  find(): ClockShift | null {
    const misplaced = this.#misplaced(0, 0);
    if (misplaced < MIN_MISPLACED) return null;
    const fixed = HOURS_AWAY.map((hours) => ({ hours, left: this.#misplaced(hours, hours) }));
    // New York is four hours behind UTC in summer and five in winter.
    const local = this.#misplaced(MIDNIGHT_WEEK_HOURS - 4, MIDNIGHT_WEEK_HOURS - 5);
    const best = fixed.reduce((one, other) => (other.left < one.left ? other : one));
    const left = Math.min(best.left, local);
    if (left > MAX_LEFT * misplaced) return null;
    const time_zone =
      local < best.left ? `${NEW_YORK}+07:00` : `${best.hours < 0 ? "-" : "+"}${String(Math.abs(best.hours)).padStart(2, "0")}:00`;
    return { time_zone, misplaced, left, bars: this.#bars };
  }

  /** Bars in the weekend if the clock that wrote them is this many hours ahead of UTC. */
  #misplaced(summer_hours: number, winter_hours: number): number {
    return inWeekend(this.#counts.summer, summer_hours, SUMMER_WEEK) + inWeekend(this.#counts.winter, winter_hours, WINTER_WEEK);
  }
}

/** A week of each, far from any change of clocks; both begin on a Sunday 00:00 UTC. */
const SUMMER_WEEK = Date.UTC(2025, 6, 6);
const WINTER_WEEK = Date.UTC(2025, 0, 12);

function inWeekend(counts: Float64Array, hours: number, week: Instant): number {
  return counts.reduce((sum, count, slot) => {
    if (count === 0) return sum;
    const true_slot = (((slot - hours) % SLOTS) + SLOTS) % SLOTS;
    return isWeekend(week + true_slot * HOUR) ? sum + count : sum;
  }, 0);
}

function isSummer(instant: Instant): boolean {
  return zoneOffset(NEW_YORK, instant) === -4 * HOUR;
}

/** Hours since Sunday 00:00 UTC; 1970-01-04 was the first Sunday of the epoch. */
function slotOf(start: Instant): number {
  return Math.floor(((((start - 3 * DAY) % WEEK) + WEEK) % WEEK) / HOUR);
}
