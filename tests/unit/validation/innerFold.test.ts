import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assertNoLeak } from "../../../shared/validation/assertNoLeak.ts";
import { innerFold } from "../../../shared/validation/innerFold.ts";
import { pastReturnOf } from "../../../shared/validation/pastReturnOf.ts";
import { shuffledBlockRows } from "../../../shared/validation/shuffledBlockRows.ts";

const timesOf = (rows: number, horizon: number) => ({
  event_times: Array.from({ length: rows }, (_, row) => row),
  label_ends: Array.from({ length: rows }, (_, row) => row + horizon),
});

describe("innerFold", () => {
  it("tests the newest fifth, and trains on what is decided before it begins", () => {
    expect(innerFold(timesOf(120, 5), 100)).toEqual({ train: { start: 0, end: 76 }, test: { start: 80, end: 100 } });
  });

  it("stays within the training rows and leaks nothing, whatever the horizon", () => {
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 300 }), fc.integer({ min: 1, max: 24 }), fc.nat(20), (rows, horizon, more) => {
        const times = timesOf(rows + more, horizon);
        const inner = innerFold(times, rows);
        assertNoLeak([inner], { ...times, known_at: times.event_times });
        expect(inner.test.end).toBe(rows);
      }),
      { seed: 4 },
    );
  });

  it.each([0, 1, 4, 20])("%i rows over 24 bars are too few", (rows) => {
    expect(() => innerFold(timesOf(rows, 24), rows)).toThrow(/too few to choose the number of rounds/);
  });
});

describe("innerFold of the first of many rows", () => {
  it("needs five of them to have a fifth, and one that is decided", () => {
    expect(() => innerFold(timesOf(100, 1), 4)).toThrow(/^4 training rows are too few/);
    expect(innerFold(timesOf(100, 1), 5)).toEqual({ train: { start: 0, end: 4 }, test: { start: 4, end: 5 } });
    expect(innerFold(timesOf(100, 4), 5).train.end).toBe(1);
    expect(() => innerFold(timesOf(100, 5), 5)).toThrow(/^5 training rows are too few/);
  });
});

describe("shuffledBlockRows", () => {
  it.each([
    [1, 17],
    [5, 17],
    [12, 25],
    [24, 49],
  ])("at %i bars is %i", (horizon, rows) => {
    expect(shuffledBlockRows(horizon)).toBe(rows);
  });
});

describe("pastReturnOf", () => {
  it.each([
    [1, "ret_1"],
    [5, "ret_5"],
    [12, "ret_10"],
    [24, "ret_10"],
  ])("at %i bars is %s", (horizon, name) => {
    expect(pastReturnOf(horizon)).toBe(name);
  });
});
