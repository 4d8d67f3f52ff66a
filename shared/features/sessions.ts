import { showsRollover } from "../domain/rollover.ts";
import { hourOfDay, isWeekday, type TimeZone, wallTime } from "../domain/timeZone.ts";
import { eachBar } from "./columns/eachBar.ts";
import type { ColumnMaker } from "./columns/sharedColumns.ts";
import { londonClock, newYorkClock, tokyoClock } from "./columns/wallClock.ts";
import { defineFeature, type MarketFeature } from "./defineFeature.ts";

/** Business hours of a centre on its weekdays, `[open_hour, close_hour)` on its own clock. */
interface Session {
  readonly zone: TimeZone;
  readonly clock: ColumnMaker;
  readonly open_hour: number;
  readonly close_hour: number;
}

/** 09:00-18:00 in Tokyo and 08:00-17:00 in Singapore are the same hours, 00:00-09:00 UTC. Neither has daylight saving. */
const ASIA: Session = { zone: "Asia/Tokyo", clock: tokyoClock, open_hour: 9, close_hour: 18 };
const LONDON: Session = { zone: "Europe/London", clock: londonClock, open_hour: 8, close_hour: 17 };
const NEW_YORK: Session = { zone: "America/New_York", clock: newYorkClock, open_hour: 8, close_hour: 17 };

function isWithin({ open_hour, close_hour }: Session, wall: number): boolean {
  const hour = hourOfDay(wall);
  return hour >= open_hour && hour < close_hour && isWeekday(wall);
}

/**
 * 1 while all of the centres are at work, else 0, at the moment event_time, like all calendar features (calendar.ts). They need one bar.
 */
function sessionFlag(name: string, description: string, sessions: readonly Session[]): MarketFeature {
  return defineFeature({
    name,
    version: 1,
    unit: "flag",
    lookback_bars: 1,
    description,
    compute: (w) => Number(sessions.every((session) => isWithin(session, wallTime(session.zone, w.event_time)))),
    column: ({ length }, shared) => {
      const clocks = sessions.map(({ clock }) => shared.of(clock));
      return eachBar(length, (t) => Number(sessions.every((session, i) => isWithin(session, clocks[i]![t]!))));
    },
  });
}

export const asian_session = sessionFlag(
  "asian_session",
  "1 from 09:00 to 18:00 Tokyo (08:00 to 17:00 Singapore, 00:00 to 09:00 UTC), Monday to Friday there.",
  [ASIA],
);

export const london_session = sessionFlag("london_session", "1 from 08:00 to 17:00 London time, Monday to Friday.", [LONDON]);

export const new_york_session = sessionFlag("new_york_session", "1 from 08:00 to 17:00 New York time, Monday to Friday.", [NEW_YORK]);

export const london_new_york_overlap = sessionFlag("london_new_york_overlap", "1 while both London and New York are at work.", [
  LONDON,
  NEW_YORK,
]);

export const rollover_hour = defineFeature({
  name: "rollover_hour",
  version: 2,
  unit: "flag",
  lookback_bars: 1,
  description: "1 where the bar closes at 17:00 or 18:00 New York, the hours on either side of the daily roll, when spreads are widest.",
  compute: (w) => Number(showsRollover(wallTime("America/New_York", w.event_time))),
  column: (_series, shared) => shared.of(newYorkClock).map((wall) => Number(showsRollover(wall))),
});
