import { GRANULARITY_MS } from "../domain/granularity.ts";
import { DAY, HOUR, type Instant } from "../domain/instant.ts";
import { weekClose } from "../domain/marketCalendar.ts";
import { dayOfWeek } from "../domain/timeZone.ts";
import { NEVER_NULL } from "./checks/nullLimit.ts";
import { eachBar } from "./columns/eachBar.ts";
import { eventTimes } from "./columns/wallClock.ts";
import { defineFeature, type MarketFeature } from "./defineFeature.ts";

/**
 * Calendar features describe the MOMENT event_time, the end of the bar, which is when the hour to be predicted begins.
 * Clock and weekday are UTC; what follows daylight saving is in sessions.ts. They need one bar.
 */
function onCircle(
  name: string,
  description: string,
  part: (angle: number) => number,
  turn: (event_time: Instant) => number,
): MarketFeature {
  return defineFeature({
    name,
    version: 1,
    unit: "unit_circle",
    nulls: NEVER_NULL,
    lookback_bars: 1,
    description,
    compute: (w) => part(2 * Math.PI * turn(w.event_time)),
    column: (_series, shared) => shared.of(eventTimes).map((at) => part(2 * Math.PI * turn(at))),
  });
}

const turnOfDay = (event_time: Instant): number => (event_time % DAY) / DAY;
const turnOfWeek = (event_time: Instant): number => dayOfWeek(event_time) / 7;

/** sin and cos of 2 pi (UTC time of day / 24 h): 23:00 and 00:00 are neighbours. */
export const hour_sin = onCircle("hour_sin", "Sine of the UTC time of day at event_time.", Math.sin, turnOfDay);
export const hour_cos = onCircle("hour_cos", "Cosine of the UTC time of day at event_time.", Math.cos, turnOfDay);

/** sin and cos of 2 pi (UTC weekday / 7), Sunday = 0. */
export const day_of_week_sin = onCircle("day_of_week_sin", "Sine of the UTC weekday at event_time, Sunday = 0.", Math.sin, turnOfWeek);
export const day_of_week_cos = onCircle("day_of_week_cos", "Cosine of the UTC weekday at event_time, Sunday = 0.", Math.cos, turnOfWeek);

export const bars_to_weekend = defineFeature({
  name: "bars_to_weekend",
  version: 1,
  unit: "bars",
  lookback_bars: 1,
  description: "Bars from event_time to the close of the trading week, Friday 17:00 New York. Holidays are not taken off.",
  formula: "(Friday 17:00 New York - event_time) / bar length: 0 after the last bar of the week, 119 after its first hour.",
  // Counted from the bar's start, which is before the close; its end may be the close itself.
  compute: (w) => (weekClose(w.start[0]!) - w.event_time) / w.granularity_ms,
  column: ({ start, granularity, length }, shared) => {
    const times = shared.of(eventTimes);
    let close = Number.NEGATIVE_INFINITY;
    return eachBar(length, (t) => {
      // Until it has come, a close is the next one of every bar.
      if (start[t]! >= close) close = weekClose(start[t]!);
      return (close - times[t]!) / GRANULARITY_MS[granularity];
    });
  },
});

export const gap_hours = defineFeature({
  name: "gap_hours",
  version: 1,
  unit: "hours",
  lookback_bars: 2,
  description: "Hours without a bar before this one: what ret_1 spans beyond its own bar.",
  formula: "Hours between the end of the previous bar and the start of this one: 0 as a rule, 48 after a weekend. Warm-up: 2 bars.",
  compute: (w) => (w.start[1]! - w.start[0]! - w.granularity_ms) / HOUR,
  column: ({ start, granularity, length }) => eachBar(length, (t) => (start[t]! - start[t - 1]! - GRANULARITY_MS[granularity]) / HOUR, 1),
});
