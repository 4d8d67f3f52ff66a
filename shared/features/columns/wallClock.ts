import { GRANULARITY_MS } from "../../domain/granularity.ts";
import { type TimeZone, zoneOffset } from "../../domain/timeZone.ts";
import { eachBar } from "./eachBar.ts";
import type { ColumnMaker } from "./sharedColumns.ts";

/** Event time of every bar: its end. */
export const eventTimes: ColumnMaker = ({ start, granularity }) => start.map((at) => at + GRANULARITY_MS[granularity]);

/** What the clock of a zone shows at the event time of every bar: see `wallTime`. One maker a zone, so that it is made once. */
export const londonClock = clockOf("Europe/London");
export const newYorkClock = clockOf("America/New_York");
export const tokyoClock = clockOf("Asia/Tokyo");

function clockOf(zone: TimeZone): ColumnMaker {
  return ({ length }, shared) => {
    const times = shared.of(eventTimes);
    return eachBar(length, (t) => times[t]! + zoneOffset(zone, times[t]!));
  };
}
