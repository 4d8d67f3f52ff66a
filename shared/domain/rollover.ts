import type { Instant } from "./instant.ts";
import { hourOfDay, wallTime } from "./timeZone.ts";

/** Hours on New York's clock, `[from, until)`, at which a bar closes with the spread of the daily roll. */
const WIDE = { from: 17, until: 19 } as const;

/**
 * True at 17:00 and 18:00 New York, DST included, Sunday's 18:00 too: the closes of the hours on either side of the daily roll, where
 * liquidity is gone. Median closing spread against that of 16:00: USD_SGD 2025, 14.6 and 17.2 pips against about 2; EUR_USD, USD_JPY
 * and AUD_USD 2018-2024, 1.7 to 2.1 times at 17:00, 2.1 to 2.5 times at 18:00, and 2.7 to 4 times on Sunday.
 */
export function isRolloverClose(instant: Instant): boolean {
  return showsRollover(wallTime("America/New_York", instant));
}

/** The same, of what New York's clock shows. */
export function showsRollover(wall: number): boolean {
  const hour = hourOfDay(wall);
  return hour >= WIDE.from && hour < WIDE.until;
}

/**
 * True for a row whose label compares with a mid of such a close, at its beginning (`event_time`) or at its end (`label_end`): when the
 * spread opens on one side, the mid moves, and comes back with the spread. That is easy to predict and cannot be traded. By hour that is
 * the rows of 16:00, 17:00 and 18:00 New York.
 */
export function touchesRollover(event_time: Instant, label_end: Instant): boolean {
  return isRolloverClose(event_time) || isRolloverClose(label_end);
}
