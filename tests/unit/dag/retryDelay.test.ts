import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RetryDelayInput, retryDelay } from "../../../shared/dag/retryDelay.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../../shared/domain/instant.ts";

const INPUT: RetryDelayInput = {
  dag_id: "d",
  run_id: "r",
  task_id: "t",
  map_key: "EUR_USD",
  try_number: 1,
  counted_tries: 1,
  retry_delay_ms: 10 * SECOND,
  max_retry_delay_ms: HOUR,
  retry_after_ms: null,
};

describe("retryDelay", () => {
  it("lies in [base, 2 base) with a base that doubles, up to its cap", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: HOUR }), fc.string(), (tries, retry_delay_ms, run_id) => {
        const delay = retryDelay({ ...INPUT, try_number: tries, counted_tries: tries, retry_delay_ms, run_id });
        const base = Math.min(HOUR, retry_delay_ms * 2 ** (tries - 1));
        expect(delay).toBeGreaterThanOrEqual(base);
        expect(delay).toBeLessThanOrEqual(HOUR);
        if (base < HOUR) expect(delay).toBeLessThan(2 * base);
      }),
    );
  });

  it("counts a part of a millisecond as a whole one", () => {
    const delay = retryDelay({ ...INPUT, retry_delay_ms: 1.5 });
    expect(delay).toBeGreaterThanOrEqual(2);
    expect(delay).toBeLessThan(4);
  });

  it("is the same for the same try, and spreads over map keys and tries", () => {
    expect(retryDelay(INPUT)).toBe(retryDelay({ ...INPUT }));
    const delays = ["EUR_USD", "USD_SGD", "USD_JPY", "GBP_USD"].map((map_key) => retryDelay({ ...INPUT, map_key }));
    expect(new Set(delays).size).toBe(delays.length);
    expect(retryDelay({ ...INPUT, try_number: 2 })).not.toBe(retryDelay(INPUT));
  });

  it.each([
    [MINUTE, MINUTE],
    [2 * HOUR, 2 * HOUR],
    [3 * DAY, DAY],
  ])("is raised by a Retry-After of %d ms to %d, over its own cap but not over a day", (retry_after_ms, expected) => {
    expect(retryDelay({ ...INPUT, retry_after_ms })).toBe(expected);
    expect(retryDelay({ ...INPUT, retry_after_ms: 1 })).toBe(retryDelay(INPUT));
  });
});
