import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allowanceOf, owedAfter, type RateLimit } from "../../../../shared/contracts/limits/rateLimit.ts";
import { createRateLimiter } from "../../../../shared/contracts/limits/rateLimiter.ts";

const limits = fc.record({ quota: fc.integer({ min: 1, max: 50 }), window_ms: fc.integer({ min: 1, max: 5_000 }) });
/** Moments in order, in milliseconds from the first. */
const moments = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 }).map((steps) =>
  steps.map(
    (
      (at) => (step: number) =>
        (at += step)
    )(0),
  ),
);

/** What was taken at each moment, by asking once at each. */
function taken(limit: RateLimit, at: readonly number[]): number[] {
  let owed: number | undefined;
  return at.filter((now) => {
    if (!allowanceOf(limit, owed, now).is_within) return false;
    owed = owedAfter(limit, owed, now, 1);
    return true;
  });
}

describe("a rate limit", () => {
  it("takes the whole quota at once, and then one each window / quota", () => {
    const limit = { quota: 4, window_ms: 1_000 };
    expect(taken(limit, [0, 0, 0, 0, 0, 249, 250, 250, 499, 500, 1_500, 1_500, 1_500, 1_500, 1_500])).toEqual([
      0, 0, 0, 0, 250, 500, 1_500, 1_500, 1_500, 1_500,
    ]);
  });

  it("takes in no span more than the quota and what the span pays back", () => {
    fc.assert(
      fc.property(limits, moments, (limit, at) => {
        const times = taken(limit, at);
        for (let from = 0; from < times.length; from++)
          for (let to = from; to < times.length; to++) {
            const paid_back = ((times[to]! - times[from]!) * limit.quota) / limit.window_ms;
            expect(to - from + 1).toBeLessThanOrEqual(limit.quota + paid_back);
          }
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("refuses nobody who keeps to its pace, however long", () => {
    fc.assert(
      fc.property(limits, fc.integer({ min: 1, max: 300 }), (limit, count) => {
        const step = Math.ceil(limit.window_ms / limit.quota);
        const at = Array.from({ length: count }, (_, index) => index * step);
        expect(taken(limit, at)).toEqual(at);
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it("tells the truth: what remains is taken, one more is not, and there is another when it said", () => {
    fc.assert(
      fc.property(limits, moments, fc.integer({ min: 0, max: 120 }), (limit, at, cost) => {
        const now = at.at(-1)!;
        let owed = at.reduce<number | undefined>((before, moment) => {
          return allowanceOf(limit, before, moment).is_within ? owedAfter(limit, before, moment, 1) : before;
        }, undefined);
        owed = owedAfter(limit, owed, now, cost);
        const { remaining, more_in_ms, is_within } = allowanceOf(limit, owed, now);
        expect(is_within).toBe(remaining > 0);
        expect(takenAt(limit, owed, now)).toBe(remaining);
        if (remaining === limit.quota) return expect(more_in_ms).toBe(0);
        expect(allowanceOf(limit, owed, now + Math.ceil(more_in_ms)).remaining).toBeGreaterThan(remaining);
        expect(allowanceOf(limit, owed, now + Math.ceil(more_in_ms) - 1).remaining).toBeLessThanOrEqual(remaining);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it("shuts nobody out for longer than two windows, whatever they owe and wherever the clock goes", () => {
    fc.assert(
      fc.property(limits, fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 1e6 }), (limit, later, cost) => {
        const owed = owedAfter(limit, undefined, later, cost);
        for (const now of [0, later]) expect(allowanceOf(limit, owed, now).more_in_ms).toBeLessThanOrEqual(2 * limit.window_ms);
      }),
      { seed: 4 },
    );
  });
});

function takenAt(limit: RateLimit, owed_until: number | undefined, now: number): number {
  let count = 0;
  for (let owed = owed_until; allowanceOf(limit, owed, now).is_within; owed = owedAfter(limit, owed, now, 1)) count++;
  return count;
}

describe("a limiter", () => {
  const limit = { quota: 3, window_ms: 60_000 };

  it("counts each by themselves, by a clock of milliseconds since 1970 as well", () => {
    let now = 1_780_000_000_000;
    const limiter = createRateLimiter({ quota: 7, window_ms: 1_000 }, () => now);
    const ask = (who: string, times: number) =>
      Array.from({ length: times }, () => limiter.take(who)).filter((one) => one.is_within).length;
    expect([ask("a", 9), ask("b", 7), ask("a", 1)]).toEqual([7, 7, 0]);
    now += 143;
    expect([ask("a", 2), ask("b", 2)]).toEqual([1, 1]);
    expect(limiter.look("nobody").remaining).toBe(7);
  });

  it("lets debt be paid back before more is taken, and looking takes nothing", () => {
    let now = 0;
    const limiter = createRateLimiter(limit, () => now);
    limiter.owe("a", 5);
    expect(limiter.take("a")).toEqual({ is_within: false, remaining: 0, more_in_ms: 60_000 });
    now = 60_000;
    expect([limiter.look("a"), limiter.look("a")].map(({ remaining }) => remaining)).toEqual([1, 1]);
    expect(limiter.take("a").is_within).toBe(true);
  });

  it("holds at most twice as many as it is to know, and forgets nobody who goes on asking", () => {
    const limiter = createRateLimiter({ quota: 1, window_ms: 1e6 }, () => 0, 100);
    expect(limiter.take("loud").is_within).toBe(true);
    for (let other = 0; other < 5_000; other++) {
      limiter.take(`other ${other}`);
      if (other % 90 === 0) expect(limiter.take("loud").is_within).toBe(false);
    }
    const known = Array.from({ length: 5_000 }, (_, other) => limiter.look(`other ${other}`)).filter(({ remaining }) => remaining === 0);
    expect(known.length).toBeGreaterThanOrEqual(99);
    expect(known.length).toBeLessThanOrEqual(200);
  });
});
