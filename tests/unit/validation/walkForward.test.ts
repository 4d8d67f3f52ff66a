import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fold } from "../../../shared/contracts/training.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { assertNoLeak } from "../../../shared/validation/assertNoLeak.ts";
import { purgedWalkForward } from "../../../shared/validation/walkForward.ts";

const hours = (count: number) => Array.from({ length: count }, (_, i) => i * HOUR);
const endsAfter = (times: readonly number[], horizon_hours: number) => times.map((time) => time + horizon_hours * HOUR);

describe("purgedWalkForward", () => {
  it.each([
    ["a one-hour label needs no row purged", 1, 0, [4, 6, 8]],
    ["a three-hour label costs two rows", 3, 0, [2, 4, 6]],
    ["an embargo costs its hours more", 1, 2 * HOUR, [2, 4, 6]],
  ])("%s", (_name, horizon, embargo_ms, train_ends) => {
    const event_times = hours(10);
    const folds = purgedWalkForward({ event_times, label_ends: endsAfter(event_times, horizon), folds: 3, min_train_rows: 4, embargo_ms });
    expect(folds.map((fold) => fold.test)).toEqual([
      { start: 4, end: 6 },
      { start: 6, end: 8 },
      { start: 8, end: 10 },
    ]);
    expect(folds.map((fold) => fold.train)).toEqual(train_ends.map((end) => ({ start: 0, end })));
  });

  it("makes do with one row a block", () => {
    const folds = purgedWalkForward({ event_times: [0, 1, 2], label_ends: [1, 2, 3], folds: 2, min_train_rows: 1, embargo_ms: 0 });
    expect(folds.map(({ test }) => test)).toEqual([
      { start: 1, end: 2 },
      { start: 2, end: 3 },
    ]);
  });

  it("counts a weekend in time, not in rows: Friday's label that ends on Monday is purged", () => {
    const event_times = [0, 1, 2, 50, 51, 52].map((hour) => hour * HOUR);
    const label_ends = [1, 2, 51, 51, 52, 53].map((hour) => hour * HOUR);
    const [fold] = purgedWalkForward({ event_times, label_ends, folds: 1, min_train_rows: 3, embargo_ms: 0 });
    expect(fold).toEqual({ train: { start: 0, end: 2 }, test: { start: 3, end: 6 } });
  });

  it.each([
    ["too few rows", 6, 4, 3, 1, 0, /at least 7 rows \(4 to train before the first of 3 test blocks\); there are 6/],
    ["no rows", 0, 1, 1, 1, 0, /at least 2 rows/],
    ["a label as long as the training rows", 10, 3, 2, 5, 0, /fold 1: none of the 3 rows/],
    ["an embargo over everything", 10, 3, 2, 1, 9 * HOUR, /fold 1: none of the 3 rows/],
  ])("throws not_enough_data for %s", (_name, rows, min_train_rows, folds, horizon, embargo_ms, message) => {
    const event_times = hours(rows);
    const input = { event_times, label_ends: endsAfter(event_times, horizon), folds, min_train_rows, embargo_ms };
    expect(() => purgedWalkForward(input)).toThrow(message);
    expect(() => purgedWalkForward(input)).toThrow(expect.objectContaining({ code: "not_enough_data" }));
  });

  it.each([
    ["unsorted rows", { event_times: [2, 1, 3], label_ends: [3, 3, 4] }, /Sort rows/],
    ["a label that ends before its row", { event_times: [1, 2, 3], label_ends: [2, 1, 4] }, /Row 1: its label ends at 1/],
    ["a time that is NaN", { event_times: [1, Number.NaN, 3], label_ends: [2, 3, 4] }, /Row 1/],
    ["a label end that is NaN", { label_ends: [2, Number.NaN, 4] }, /Row 1: .* is not a time/],
    ["a label that never ends", { label_ends: [2, 3, Number.POSITIVE_INFINITY] }, /Row 2: .* is not a time/],
    ["a label end too few", { label_ends: [2, 3] }, /3 event times for 2 label ends/],
    ["no folds", { folds: 0 }, /folds is 0/],
    ["half a fold", { folds: 1.5 }, /folds is 1.5/],
    ["no training rows", { min_train_rows: 0 }, /min_train_rows is 0/],
    ["half a training row", { min_train_rows: 1.5 }, /min_train_rows is 1.5/],
    ["a negative embargo", { embargo_ms: -1 }, /embargo_ms is -1/],
    ["an embargo without end", { embargo_ms: Number.POSITIVE_INFINITY }, /embargo_ms is Infinity/],
  ])("refuses %s", (_name, change, message) => {
    const input = { event_times: [1, 2, 3], label_ends: [2, 3, 4], folds: 1, min_train_rows: 1, embargo_ms: 0, ...change };
    expect(() => purgedWalkForward(input)).toThrow(message);
  });
});

/** Irregular times with repeats, labels of varying length, any embargo. */
const problem = fc
  .record({
    steps: fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 12 })), {
      minLength: 2,
      maxLength: 120,
      size: "max",
    }),
    folds: fc.integer({ min: 1, max: 8 }),
    min_train_rows: fc.integer({ min: 1, max: 40 }),
    embargo_ms: fc.integer({ min: 0, max: 15 }),
  })
  .map(({ steps, ...settings }) => {
    let time = 1_000;
    const event_times = steps.map(([step]) => {
      time += step;
      return time;
    });
    return { ...settings, event_times, label_ends: steps.map(([, length], i) => event_times[i]! + length) };
  });

function foldsOrNull(input: Parameters<typeof purgedWalkForward>[0]): Fold[] | null {
  try {
    return purgedWalkForward(input);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_enough_data") return null;
    throw error;
  }
}

describe("properties of purgedWalkForward", () => {
  const check = (property: (folds: Fold[], input: Parameters<typeof purgedWalkForward>[0]) => void) => {
    let solved = 0;
    fc.assert(
      fc.property(problem, (input) => {
        const folds = foldsOrNull(input);
        if (folds === null) return;
        solved++;
        property(folds, input);
      }),
      { seed: 7, numRuns: 500 },
    );
    expect(solved).toBeGreaterThan(250);
  };

  it("test blocks follow one another without a gap, cover the tail, and differ by at most one row", () => {
    check((folds, { event_times, min_train_rows }) => {
      const edges = [min_train_rows, ...folds.map((fold) => fold.test.end)];
      expect(folds.map((fold) => fold.test.start)).toEqual(edges.slice(0, -1));
      expect(edges.at(-1)).toBe(event_times.length);
      const sizes = folds.map((fold) => fold.test.end - fold.test.start);
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(1);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    });
  });

  it("no training label is decided after the test block begins, less the embargo", () => {
    check((folds, { event_times, label_ends, embargo_ms }) => {
      for (const { train, test } of folds) {
        const last_label_end = Math.max(...Array.from(label_ends).slice(train.start, train.end));
        const first_test = Math.min(...Array.from(event_times).slice(test.start, test.end));
        expect(last_label_end).toBeLessThanOrEqual(first_test - embargo_ms);
      }
      assertNoLeak(folds, { event_times, label_ends, known_at: event_times }, embargo_ms);
    });
  });

  it("training takes every leading row that it may", () => {
    check((folds, { event_times, label_ends, embargo_ms }) => {
      for (const { train, test } of folds) {
        if (train.end < test.start) expect(label_ends[train.end]).toBeGreaterThan(event_times[test.start]! - embargo_ms);
      }
    });
  });

  it("training rows grow, lie before the test block, and the answer is the same each time", () => {
    check((folds, input) => {
      for (const [i, { train, test }] of folds.entries()) {
        expect(train.start).toBe(0);
        expect(train.end).toBeGreaterThanOrEqual(Math.max(1, folds[i - 1]?.train.end ?? 1));
        expect(train.end).toBeLessThanOrEqual(test.start);
      }
      expect(purgedWalkForward(input)).toEqual(folds);
    });
  });
});

describe("assertNoLeak", () => {
  const event_times = hours(10);
  const label_ends = endsAfter(event_times, 3);
  const times = { event_times, label_ends, known_at: event_times };
  const fold = (train_start: number, train_end: number, test_start: number, test_end: number): Fold => ({
    train: { start: train_start, end: train_end },
    test: { start: test_start, end: test_end },
  });

  it("accepts a fold that ends with the last row", () => {
    expect(() => assertNoLeak([fold(0, 2, 4, 10)], times)).not.toThrow();
  });

  it("accepts purged folds", () => {
    expect(() => assertNoLeak([fold(0, 2, 4, 6), fold(1, 4, 6, 8)], times)).not.toThrow();
  });

  it.each([
    ["one row too many", [fold(0, 3, 4, 6)], /trains on row 2, whose label is decided at 18000000, but its test block begins at 14400000/],
    ["training on the test block", [fold(0, 6, 4, 6)], /trains on row 2/],
    ["training on the future", [fold(6, 9, 0, 4)], /trains on row 6/],
    ["a row tested twice", [fold(0, 2, 4, 6), fold(0, 2, 5, 8)], /tests row 5 again/],
    ["blocks out of order", [fold(0, 2, 6, 8), fold(0, 2, 4, 6)], /out of order/],
    ["rows that are not there", [fold(0, 2, 4, 11)], /not a non-empty range within 10 rows/],
    ["an empty training range", [fold(2, 2, 4, 6)], /not a non-empty range/],
    ["a training range that begins before the first row", [fold(-1, 2, 4, 6)], /not a non-empty range/],
    ["a training range that begins within a row", [fold(0.5, 2, 4, 6)], /not a non-empty range/],
    ["a training range that ends within a row", [fold(0, 1.5, 4, 6)], /not a non-empty range/],
  ])("finds %s", (_name, folds, message) => {
    expect(() => assertNoLeak(folds, times)).toThrow(message);
    expect(() => assertNoLeak(folds, times)).toThrow(expect.objectContaining({ code: "leak_detected" }));
  });

  it("finds the random split of the original system: neighbours of test rows in training", () => {
    const everyOther = [fold(0, 1, 2, 3), fold(0, 3, 4, 5)];
    expect(() => assertNoLeak(everyOther, times)).toThrow(/Fold 1 trains on row 0/);
  });

  it("counts the embargo, and does not trust a NaN time", () => {
    expect(() => assertNoLeak([fold(0, 2, 4, 6)], times, 1)).toThrow(/embargo 1 ms/);
    expect(() => assertNoLeak([fold(0, 2, 4, 6)], { ...times, label_ends: [Number.NaN, ...label_ends.slice(1)] })).toThrow(/row 0/);
  });

  it.each([
    ["a millisecond after its row's event time", event_times[7]! + 1],
    ["at no known time", Number.NaN],
  ])("finds a feature that became known %s, in any row", (_name, late) => {
    const known_at = event_times.with(7, late);
    const check = () => assertNoLeak([fold(0, 2, 4, 6)], { ...times, known_at });
    expect(check).toThrow(/Row 7 is of .*, but one of its features became known at/);
    expect(check).toThrow(expect.objectContaining({ code: "leak_detected" }));
  });
});
