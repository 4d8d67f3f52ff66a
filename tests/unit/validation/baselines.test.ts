import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { baselinePredictions } from "../../../shared/validation/baselines.ts";

const fold = (train_end: number, test_start: number, test_end: number) => ({
  train: { start: 0, end: train_end },
  test: { start: test_start, end: test_end },
});

describe("baselinePredictions", () => {
  it("takes every number from the fold's training rows", () => {
    const y = [1, 0, 1, 1, 0, 1, 0, 1];
    const ret_1 = [2, 2, -1, -1, 3, 1, -1, 2];
    const { rows, majority, momentum } = baselinePredictions({
      folds: [fold(4, 5, 7), fold(5, 7, 8)],
      y,
      past_return: ret_1,
      features: [],
      horizon_bars: 1,
    });
    expect([...rows]).toEqual([5, 6, 7]);
    // Fold 1 trains on rows 0-3: 3 of 4 rose; 1 of 2 after a rise, 2 of 2 after a fall. Fold 2 adds row 4: 3 of 5, and 1 of 3 after a rise.
    expect([...majority]).toEqual([3 / 4, 3 / 4, 3 / 5]);
    expect([...momentum]).toEqual([1 / 2, 1, 1 / 3]);
  });

  it("takes the shares of each instrument from its own rows, and all rows' where training had none of it", () => {
    const { majority, momentum } = baselinePredictions({
      folds: [fold(6, 6, 9)],
      y: [1, 0, 1, 0, 1, 0, 1, 1, 1],
      past_return: [1, 1, 1, -1, -1, 1, 1, 1, 1],
      features: [],
      horizon_bars: 1,
      instruments: ["a", "b", "a", "b", "a", "b", "a", "b", "c"],
    });
    expect([...majority]).toEqual([1, 0, 1 / 2]);
    expect([...momentum]).toEqual([1, 0, 2 / 4]);
  });

  it.each([
    ["no return", null],
    ["a return that is not a number", Number.NaN],
    ["no move", 0],
    ["a move that training never saw", -1],
  ])("gives the majority's rate to a row with %s", (_name, last_return) => {
    const { momentum } = baselinePredictions({
      folds: [fold(3, 3, 4)],
      y: [1, 0, 1, 1],
      past_return: [1, 0, 1, last_return],
      features: [],
      horizon_bars: 1,
    });
    expect(momentum[0]).toBe(2 / 3);
  });

  it("counts the training rows from where they begin, were it one, and those without a move among all", () => {
    const from = (start: number, end: number) =>
      baselinePredictions({
        folds: [{ train: { start, end }, test: { start: 5, end: 6 } }],
        y: [0, 1, 1, 0, 1, 1],
        past_return: [1, 1, 0, Number.NaN, null, 1],
        features: [],
        horizon_bars: 1,
      });
    expect([...from(1, 2).majority]).toEqual([1]);
    expect([...from(2, 5).majority]).toEqual([2 / 3]);
    expect([...from(0, 5).majority, ...from(0, 5).momentum]).toEqual([3 / 5, 1 / 2]);
  });

  it("gives it also to a rise, where training saw falls alone", () => {
    const { momentum } = baselinePredictions({
      folds: [fold(3, 3, 4)],
      y: [1, 0, 1, 1],
      past_return: [-1, 0, -1, 1],
      features: [],
      horizon_bars: 1,
    });
    expect(momentum[0]).toBe(2 / 3);
  });

  it("does not see labels of the test rows or of purged rows", () => {
    const label = fc.constantFrom(0, 1);
    const move = fc.constantFrom(-1, 0, 1, null);
    const row = fc.tuple(label, move, label);
    fc.assert(
      fc.property(fc.array(row, { minLength: 8, maxLength: 30 }), (data) => {
        const folds = [fold(4, 6, data.length)];
        const ret_1 = data.map(([, last_return]) => last_return);
        const features = [data.map((_, i) => Math.sin(i))];
        const one = baselinePredictions({ folds, past_return: ret_1, features, horizon_bars: 1, y: data.map(([y]) => y) });
        const other = baselinePredictions({
          folds,
          past_return: ret_1,
          features,
          horizon_bars: 1,
          y: data.map(([y, , changed], i) => (i < 4 ? y : changed)),
        });
        expect(other).toEqual(one);
      }),
      { seed: 8 },
    );
  });

  it("refuses labels that are not 0 or 1, folds without training rows, and columns of different length", () => {
    expect(() =>
      baselinePredictions({ folds: [fold(1, 1, 2)], y: [Number.NaN, 1], past_return: [1, 1], features: [], horizon_bars: 1 }),
    ).toThrow(/y of row 0 is NaN/);
    expect(() => baselinePredictions({ folds: [fold(0, 1, 2)], y: [1, 1], past_return: [1, 1], features: [], horizon_bars: 1 })).toThrow(
      /no training rows/,
    );
    expect(() => baselinePredictions({ folds: [], y: [1], past_return: [], features: [], horizon_bars: 1 })).toThrow(
      /1 label for 0 returns/,
    );
  });
});
