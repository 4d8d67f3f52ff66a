import { type Allowance, allowanceOf, owedAfter, type RateLimit } from "./rateLimit.ts";

/** Counts who asks how often, in memory that is bounded. */
export interface RateLimiter {
  readonly limit: RateLimit;
  /** What is left to them, with nothing taken. */
  look(who: string): Allowance;
  /** Takes one, where there is one; `remaining` is what is left afterwards. */
  take(who: string): Allowance;
  /** Counts more of what was let in already, as debt that later requests wait for. */
  owe(who: string, cost: number): void;
}

/** Of those that asked last, so many are known at least, and at most twice as many. */
const KNOWN = 10_000;

/**
 * `now` in milliseconds. Who was not heard of while `known` others were, is forgotten, and starts anew: more callers at once than that are
 * no matter of limits for each of them.
 */
export function createRateLimiter(limit: RateLimit, now: () => number, known = KNOWN): RateLimiter {
  const began = now();
  const elapsed = () => now() - began;
  let owed = new Map<string, number>();
  let earlier = new Map<string, number>();

  function find(who: string): number | undefined {
    return owed.get(who) ?? earlier.get(who);
  }
  function keep(who: string, owed_until: number): void {
    if (owed.size >= known && !owed.has(who)) {
      earlier = owed;
      owed = new Map();
    }
    owed.set(who, owed_until);
  }

  return {
    limit,
    look: (who) => allowanceOf(limit, find(who), elapsed()),
    take(who) {
      const at = elapsed();
      const before = find(who);
      const found = allowanceOf(limit, before, at);
      // Who is refused is heard of, too: nobody is forgotten for asking often.
      const after = found.is_within ? owedAfter(limit, before, at, 1) : owedAfter(limit, before, at, 0);
      keep(who, after);
      return found.is_within ? { ...allowanceOf(limit, after, at), is_within: true } : found;
    },
    owe(who, cost) {
      keep(who, owedAfter(limit, find(who), elapsed(), cost));
    },
  };
}
