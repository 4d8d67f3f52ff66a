import { describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "../../../shared/domain/instant.ts";
import { barEndAfter, LATE_BAR_AFTER_MS, STALE_AFTER_MS } from "../../../shared/domain/lateness.ts";

describe("barEndAfter", () => {
  it.each([
    ["within the week", Date.UTC(2025, 5, 4, 10), 1, Date.UTC(2025, 5, 4, 11)],
    ["three of them", Date.UTC(2025, 5, 4, 10), 3, Date.UTC(2025, 5, 4, 13)],
    ["none", Date.UTC(2025, 5, 4, 10), 0, Date.UTC(2025, 5, 4, 10)],
    ["after Friday's close", Date.UTC(2025, 5, 6, 21), 1, Date.UTC(2025, 5, 8, 22)],
  ])("%s", (_name, end, bars, expected) => {
    expect(barEndAfter(end, "H1", bars)).toBe(expected);
  });
});

describe("STALE_AFTER_MS", () => {
  it("is a sixth of the bar that a prediction is about, as the pages say: ten minutes", () => {
    expect(STALE_AFTER_MS * 6).toBe(HOUR);
  });
});

describe("LATE_BAR_AFTER_MS", () => {
  it("is told before a prediction is stale, and not before a collection and its retries had their minutes", () => {
    expect(LATE_BAR_AFTER_MS).toBeLessThan(STALE_AFTER_MS);
    expect(LATE_BAR_AFTER_MS).toBeGreaterThanOrEqual(5 * MINUTE);
  });
});
