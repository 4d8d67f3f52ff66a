import { expect, it } from "vitest";
import { barEnd } from "../../../shared/domain/bar.ts";
import { GRANULARITY_MS, isOnGrid } from "../../../shared/domain/granularity.ts";
import { HOUR, MINUTE } from "../../../shared/domain/instant.ts";

it("a bar is as long as its name says", () => {
  for (const [name, ms] of Object.entries(GRANULARITY_MS)) {
    const [, unit, count] = /^([MH])(\d+)$/.exec(name)!;
    expect(ms, name).toBe(Number(count) * (unit === "H" ? 60 : 1) * MINUTE);
  }
});

it("a bar begins on the grid of its length, and ends where the next one begins", () => {
  const noon = Date.UTC(2025, 5, 27, 12);
  expect([noon, noon + 15 * MINUTE, noon + 1].map((start) => isOnGrid(start, "M15"))).toEqual([true, true, false]);
  expect([noon, noon + 15 * MINUTE].map((start) => isOnGrid(start, "H1"))).toEqual([true, false]);
  expect(barEnd({ start: noon, granularity: "H1" })).toBe(noon + HOUR);
  expect(barEnd({ start: noon, granularity: "M5" })).toBe(noon + 5 * MINUTE);
});
