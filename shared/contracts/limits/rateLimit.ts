/** At most `quota` requests at once, and that many in every `window_ms` in the long run. */
export interface RateLimit {
  readonly quota: number;
  readonly window_ms: number;
}

/** What is left of a limit to somebody. */
export interface Allowance {
  readonly is_within: boolean;
  /** Whole requests that would be taken now. */
  readonly remaining: number;
  /** Until there is one more, in milliseconds; 0 when there cannot be more. */
  readonly more_in_ms: number;
}

/** Whoever owes more than this many windows owes no more: neither a batch nor a clock that has gone back shuts anybody out for longer. */
const MOST_WINDOWS_OWED = 2;

/**
 * The generic cell rate algorithm (ITU-T I.371, virtual scheduling): all that is kept of somebody is one number, the moment at which
 * what they have taken is paid back at the limit's own pace. It is in milliseconds times `quota`, so that a request costs exactly
 * `window_ms` of it and every sum is a whole number.
 *
 * `owed_until` as an earlier call gave it, undefined at first; `now` in milliseconds of a clock that goes on evenly.
 */
export function allowanceOf(limit: RateLimit, owed_until: number | undefined, now: number): Allowance {
  const { quota, window_ms } = limit;
  const owed = owedAt(limit, owed_until, now);
  const remaining = Math.max(0, Math.floor((window_ms * quota - owed) / window_ms));
  const until_more = Math.max(0, owed - window_ms * (quota - remaining - 1)) / quota;
  return { is_within: remaining > 0, remaining, more_in_ms: remaining === quota ? 0 : until_more };
}

/** `owed_until` after `cost` requests, whether there was an allowance for them or not. */
export function owedAfter(limit: RateLimit, owed_until: number | undefined, now: number, cost: number): number {
  const { quota, window_ms } = limit;
  const owed = owedAt(limit, owed_until, now) + cost * window_ms;
  return now * quota + Math.min(owed, MOST_WINDOWS_OWED * window_ms * quota);
}

function owedAt({ quota, window_ms }: RateLimit, owed_until: number | undefined, now: number): number {
  if (owed_until === undefined) return 0;
  return Math.min(Math.max(0, owed_until - now * quota), MOST_WINDOWS_OWED * window_ms * quota);
}
