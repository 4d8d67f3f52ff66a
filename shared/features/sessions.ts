import type { Instant } from "../domain/instant.ts";
import { isRolloverClose } from "../domain/rollover.ts";
import { localTime, type TimeZone } from "../domain/timeZone.ts";
import { defineFeature, type MarketFeature } from "./defineFeature.ts";

/** Business hours of a centre on its weekdays, `[open_hour, close_hour)` on its own clock. */
interface Session {
  readonly zone: TimeZone;
  readonly open_hour: number;
  readonly close_hour: number;
}

/** 09:00-18:00 in Tokyo and 08:00-17:00 in Singapore are the same hours, 00:00-09:00 UTC. Neither has daylight saving. */
const ASIA: Session = { zone: "Asia/Tokyo", open_hour: 9, close_hour: 18 };
const LONDON: Session = { zone: "Europe/London", open_hour: 8, close_hour: 17 };
const NEW_YORK: Session = { zone: "America/New_York", open_hour: 8, close_hour: 17 };

function isWithin({ zone, open_hour, close_hour }: Session, instant: Instant): boolean {
  const { hour, weekday } = localTime(zone, instant);
  return hour >= open_hour && hour < close_hour && weekday >= 1 && weekday <= 5;
}

/** 1 or 0 at the moment event_time, like all calendar features (calendar.ts). They need one bar. */
function sessionFlag(name: string, description: string, holds: (event_time: Instant) => boolean, version = 1): MarketFeature {
  return defineFeature({
    name,
    version,
    unit: "flag",
    lookback_bars: 1,
    description,
    compute: (w) => Number(holds(w.event_time)),
  });
}

export const asian_session = sessionFlag(
  "asian_session",
  "1 from 09:00 to 18:00 Tokyo (08:00 to 17:00 Singapore, 00:00 to 09:00 UTC), Monday to Friday there.",
  (at) => isWithin(ASIA, at),
);

export const london_session = sessionFlag("london_session", "1 from 08:00 to 17:00 London time, Monday to Friday.", (at) =>
  isWithin(LONDON, at),
);

export const new_york_session = sessionFlag("new_york_session", "1 from 08:00 to 17:00 New York time, Monday to Friday.", (at) =>
  isWithin(NEW_YORK, at),
);

export const london_new_york_overlap = sessionFlag(
  "london_new_york_overlap",
  "1 while both London and New York are at work.",
  (at) => isWithin(LONDON, at) && isWithin(NEW_YORK, at),
);

export const rollover_hour = sessionFlag(
  "rollover_hour",
  "1 where the bar closes at 17:00 or 18:00 New York, the hours on either side of the daily roll, when spreads are widest.",
  isRolloverClose,
  2,
);
