import { DAY, type Instant } from "../domain/instant.ts";
import { openMarketMs } from "../domain/marketCalendar.ts";

export interface JoinOptions {
  /** Oldest row that still counts, inclusive. */
  readonly ttl_ms: number;
  /** Age in hours of open market, so that Friday's last row is fresh when Sunday opens. Otherwise on the wall clock. */
  readonly market_hours: boolean;
}

/** True when a row of `event_time` may be used at `as_of`, not before it and not later than the TTL allows. */
export function isWithinTtl(event_time: Instant, as_of: Instant, { ttl_ms, market_hours }: JoinOptions): boolean {
  if (event_time > as_of) return false;
  if (as_of - event_time <= ttl_ms) return true;
  if (!market_hours) return false;
  // A day at a time, so that a row of years ago is refused after a few days of the calendar and not after all of them.
  let age = 0;
  for (let at = event_time; at < as_of; at += DAY) {
    age += openMarketMs(at, Math.min(at + DAY, as_of));
    if (age > ttl_ms) return false;
  }
  return true;
}
