import { showsRollover } from "../domain/rollover.ts";
import { CENTRES, type Centre, isAtWork } from "../domain/session.ts";
import { wallTime } from "../domain/timeZone.ts";
import { NEVER_NULL } from "./checks/nullLimit.ts";
import { eachBar } from "./columns/eachBar.ts";
import type { ColumnMaker } from "./columns/sharedColumns.ts";
import { londonClock, newYorkClock, tokyoClock } from "./columns/wallClock.ts";
import { defineFeature, type MarketFeature } from "./defineFeature.ts";

/** A centre with the columns of its clock. */
interface Session extends Centre {
  readonly clock: ColumnMaker;
}

const ASIA: Session = { ...CENTRES.asia, clock: tokyoClock };
const LONDON: Session = { ...CENTRES.london, clock: londonClock };
const NEW_YORK: Session = { ...CENTRES.new_york, clock: newYorkClock };

/**
 * 1 while all of the centres are at work, else 0, at the moment event_time, like all calendar features (calendar.ts). They need one bar.
 */
function sessionFlag(name: string, description: string, sessions: readonly Session[]): MarketFeature {
  return defineFeature({
    name,
    version: 1,
    unit: "flag",
    nulls: NEVER_NULL,
    lookback_bars: 1,
    description,
    compute: (w) => Number(sessions.every((session) => isAtWork(session, wallTime(session.zone, w.event_time)))),
    column: ({ length }, shared) => {
      const clocks = sessions.map(({ clock }) => shared.of(clock));
      return eachBar(length, (t) => Number(sessions.every((session, i) => isAtWork(session, clocks[i]![t]!))));
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
  nulls: NEVER_NULL,
  lookback_bars: 1,
  description: "1 where the bar closes at 17:00 or 18:00 New York, the hours on either side of the daily roll, when spreads are widest.",
  compute: (w) => Number(showsRollover(wallTime("America/New_York", w.event_time))),
  column: (_series, shared) => shared.of(newYorkClock).map((wall) => Number(showsRollover(wall))),
});
