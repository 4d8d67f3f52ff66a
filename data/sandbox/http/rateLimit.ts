import { type Instant, SECOND } from "../../../shared/domain/instant.ts";

/**
 * A token bucket: `per_second` requests at once, refilled at that rate (OANDA's development guide: 120 a second). Returns
 * whether the request at `now` may pass.
 */
export function createRateLimit(per_second: number): (now: Instant) => boolean {
  let tokens = per_second;
  let last: Instant | null = null;
  return (now) => {
    tokens = Math.min(per_second, tokens + (Math.max(0, now - (last ?? now)) * per_second) / SECOND);
    last = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
