import { DAY, HOUR, type Instant } from "../../domain/instant.ts";
import { createRandom, shuffled } from "../../domain/random.ts";
import { type TimeZone, zoneOffset } from "../../domain/timeZone.ts";

/**
 * Rows that are rebuilt at the least, of a set that has as many. A leak that is in a share q of the rows is missed with probability
 * (1 - q)^512: under 1 in 100 from 0.9 % of the rows on. Were each of those told its label outright, accuracy would rise by q/2, so
 * what can hide is worth less than half a point.
 */
export const SAMPLE_ROWS = 512;
/** The newest rows, which serving resembles most: two days of bars. */
const NEWEST = 48;
/** Rows of each kind of odd moment: enough to meet every weekend of a year on one of its sides. */
const ODD = 64;
/** A stop of trading longer than this is a weekend or a holiday, not a missing bar. */
const LONG_GAP_MS = 12 * HOUR;
const ZONES_WITH_DST: readonly TimeZone[] = ["America/New_York", "Europe/London"];

/**
 * Rows of a training set to rebuild, ascending: its newest, rows on either side of missing bars and of weekends, rows of the days on which
 * a clock changes, and of the rest as many at random as make `SAMPLE_ROWS`. The same data set (`sha256`) gives the same rows.
 * @param event_time of every row, ascending, in UTC milliseconds
 */
export function sampleRows(event_time: ArrayLike<Instant>, sha256: string): readonly number[] {
  const random = createRandom(Number.parseInt(sha256.slice(0, 8), 16));
  const all = Array.from({ length: event_time.length }, (_, row) => row);
  const chosen = new Set(all.slice(-NEWEST));
  const pick = (rows: readonly number[], count: number) => {
    for (const row of shuffled(rows, random).slice(0, count)) chosen.add(row);
  };
  pick(besideGaps(event_time, HOUR, LONG_GAP_MS), ODD);
  pick(besideGaps(event_time, LONG_GAP_MS, Number.POSITIVE_INFINITY), ODD);
  pick(
    all.filter((row) => isDayOfClockChange(event_time[row]!)),
    ODD,
  );
  pick(
    all.filter((row) => !chosen.has(row)),
    SAMPLE_ROWS - chosen.size,
  );
  return [...chosen].sort((a, b) => a - b);
}

/** Rows before and after a step in time that is longer than `over` and not longer than `up_to`. */
function besideGaps(event_time: ArrayLike<Instant>, over: number, up_to: number): number[] {
  const rows = new Set<number>();
  for (let row = 1; row < event_time.length; row++) {
    const gap = event_time[row]! - event_time[row - 1]!;
    if (gap > over && gap <= up_to) rows.add(row - 1).add(row);
  }
  return [...rows];
}

/** The clocks of a session change in the night to Sunday: the trading day behind it is the first to feel it. */
function isDayOfClockChange(event_time: Instant): boolean {
  return ZONES_WITH_DST.some((zone) => zoneOffset(zone, event_time) !== zoneOffset(zone, event_time - 2 * DAY));
}
