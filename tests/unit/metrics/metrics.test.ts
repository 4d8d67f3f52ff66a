import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accuracy, wilsonInterval } from "../../../shared/metrics/accuracy.ts";
import { auc, midranks } from "../../../shared/metrics/auc.ts";
import { brier } from "../../../shared/metrics/brier.ts";
import { Z_95 } from "../../../shared/metrics/interval.ts";
import { LOG_LOSS_EPS, logLoss, logLossRows } from "../../../shared/metrics/logLoss.ts";

/** Outcomes and predictions on a coarse grid, so that ties are common. */
const rows = fc.array(fc.record({ y: fc.constantFrom(0, 1), p: fc.integer({ min: 0, max: 8 }).map((i) => i / 8) }), { maxLength: 60 });
const columns = (data: readonly { y: number; p: number }[]) => ({ y: data.map((row) => row.y), p: data.map((row) => row.p) });

describe("wilsonInterval", () => {
  // Newcombe 1998, Statistics in Medicine 17, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("%i of %i is %d to %d, as published", (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials)!;
    expect(interval.estimate).toBe(successes / trials);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it("is null without trials, holds its estimate and mirrors", () => {
    expect(wilsonInterval(0, 0)).toBeNull();
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, share) => {
        const successes = Math.round(share * trials);
        const [one, other] = [wilsonInterval(successes, trials)!, wilsonInterval(trials - successes, trials)!];
        expect(one.low).toBeGreaterThanOrEqual(0);
        expect(one.low).toBeLessThanOrEqual(one.estimate);
        expect(one.high).toBeGreaterThanOrEqual(one.estimate);
        expect(one.high).toBeLessThanOrEqual(1);
        expect(other.low).toBeCloseTo(1 - one.high, 10);
      }),
      { seed: 1 },
    );
  });
});

describe("accuracy", () => {
  it("predicts a rise at 0.5 and above", () => {
    expect(accuracy({ y: [1, 0, 1, 0], p: [0.5, 0.49, 0.2, 0.9] })!.estimate).toBe(0.5);
  });
});

describe("midranks", () => {
  it.each([
    [[], []],
    [[3], [1]],
    [
      [10, 20, 20, 5],
      [2, 3.5, 3.5, 1],
    ],
    [
      [7, 7, 7],
      [2, 2, 2],
    ],
  ])("of %j are %j", (values, ranks) => {
    expect([...midranks(Float64Array.from(values))]).toEqual(ranks);
  });
});

describe("auc", () => {
  it("matches a worked example of DeLong's formula", () => {
    // Shares of the negatives below each positive: 1, 1, 5/8, 5/8, 1/4 (variance 63/640);
    // of the positives above each negative: 2/5, 3/5, 4/5, 1 (variance 1/15).
    const result = auc({ y: [1, 1, 1, 1, 1, 0, 0, 0, 0], p: [0.9, 0.8, 0.6, 0.6, 0.3, 0.7, 0.6, 0.4, 0.2] })!;
    const standard_error = Math.sqrt(63 / 640 / 5 + 1 / 15 / 4);
    expect(result.estimate).toBeCloseTo(0.7, 12);
    expect(result.low).toBeCloseTo(0.7 - Z_95 * standard_error, 12);
    expect(result.high).toBe(1);
  });

  it("equals the share of ordered pairs, and its interval DeLong's quadratic definition", () => {
    fc.assert(
      fc.property(rows, (data) => {
        const fast = auc(columns(data));
        const slow = naiveAuc(data);
        expect(fast === null).toBe(slow === null);
        if (slow === null) return;
        expect(fast!.estimate).toBeCloseTo(slow.estimate, 12);
        expect(fast!.low).toBeCloseTo(Math.max(0, slow.estimate - Z_95 * slow.standard_error), 9);
        expect(fast!.high).toBeCloseTo(Math.min(1, slow.estimate + Z_95 * slow.standard_error), 9);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it("turns around when the labels do, and sees only the order of p", () => {
    fc.assert(
      fc.property(rows, (data) => {
        const { y, p } = columns(data);
        const one = auc({ y, p });
        const flipped = auc({ y: y.map((label) => 1 - label), p });
        const stretched = auc({ y, p: p.map((value) => value ** 3) });
        expect(flipped === null).toBe(one === null);
        if (one === null || flipped === null) return;
        expect(flipped.estimate).toBeCloseTo(1 - one.estimate, 12);
        expect(stretched).toEqual(one);
      }),
      { seed: 3 },
    );
  });

  it.each([
    ["no rows", { y: [], p: [] }],
    ["one class", { y: [1, 1, 1], p: [0.1, 0.2, 0.3] }],
    ["one row of a class", { y: [1, 0, 0], p: [0.1, 0.2, 0.3] }],
  ])("is null with %s", (_name, input) => {
    expect(auc(input)).toBeNull();
  });
});

interface NaiveAuc {
  readonly estimate: number;
  readonly standard_error: number;
}

function naiveAuc(data: readonly { y: number; p: number }[]): NaiveAuc | null {
  const positives = data.filter((row) => row.y === 1).map((row) => row.p);
  const negatives = data.filter((row) => row.y === 0).map((row) => row.p);
  if (positives.length < 2 || negatives.length < 2) return null;
  const win = (x: number, y: number) => (x > y ? 1 : x === y ? 0.5 : 0);
  const average = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const variance = (values: readonly number[]) =>
    values.reduce((total, value) => total + (value - average(values)) ** 2, 0) / (values.length - 1);
  const above = positives.map((x) => average(negatives.map((y) => win(x, y))));
  const below = negatives.map((y) => average(positives.map((x) => win(x, y))));
  return {
    estimate: average(above),
    standard_error: Math.sqrt(variance(above) / above.length + variance(below) / below.length),
  };
}

describe("logLoss and brier", () => {
  it("match hand-computed values", () => {
    const input = { y: [1, 0], p: [0.8, 0.4] };
    expect(logLoss(input)!.estimate).toBeCloseTo(-(Math.log(0.8) + Math.log(0.6)) / 2, 12);
    expect(brier(input)!.estimate).toBeCloseTo((0.04 + 0.16) / 2, 12);
    // Two values a and b: se of the mean is |a - b| / 2.
    expect(brier(input)!.high).toBeCloseTo(0.1 + Z_95 * 0.06, 12);
  });

  it("gives a coin ln 2 and 1/4, without spread", () => {
    const coin = { y: [1, 0, 1, 1], p: [0.5, 0.5, 0.5, 0.5] };
    for (const bound of ["estimate", "low", "high"] as const) {
      expect(logLoss(coin)![bound]).toBeCloseTo(Math.LN2, 12);
      expect(brier(coin)![bound]).toBeCloseTo(0.25, 12);
    }
  });

  it("charges a certain and wrong row the clipped price, not infinity", () => {
    for (const [y, p] of [
      [1, 0],
      [0, 1],
    ] as const)
      expect(logLossRows({ y: [y], p: [p] })[0]).toBeCloseTo(-Math.log(LOG_LOSS_EPS), 1);
    expect(logLossRows({ y: [1, 0], p: [1, 0] }).every((loss) => loss > 0 && loss < 1e-14)).toBe(true);
  });

  it("are null where a spread is not defined", () => {
    for (const metric of [logLoss, brier]) {
      expect(metric({ y: [], p: [] })).toBeNull();
      expect(metric({ y: [1], p: [0.4] })).toBeNull();
    }
  });
});

describe("every metric", () => {
  const metrics = { accuracy, auc, brier, logLoss };

  it.each(Object.entries(metrics))("%s does not depend on the order of independent rows", (_name, metric) => {
    const shuffled = rows.chain((data) =>
      fc.tuple(fc.constant(data), fc.shuffledSubarray([...data.keys()], { minLength: data.length, maxLength: data.length })),
    );
    fc.assert(
      fc.property(shuffled, ([data, order]) => {
        const one = metric(columns(data));
        const other = metric(columns(order.map((i) => data[i]!)));
        expect(other === null).toBe(one === null);
        for (const bound of ["estimate", "low", "high"] as const) if (one && other) expect(other[bound]).toBeCloseTo(one[bound], 10);
      }),
      { seed: 4 },
    );
  });

  it.each(Object.entries(metrics))("%s refuses what would become NaN", (_name, metric) => {
    expect(() => metric({ y: [1, 0], p: [0.5] })).toThrow(/2 outcomes for 1 prediction/);
    expect(() => metric({ y: [2], p: [0.5] })).toThrow(/y of row 0 is 2/);
    expect(() => metric({ y: [1], p: [Number.NaN] })).toThrow(/p of row 0 is NaN/);
    expect(() => metric({ y: [1], p: [1.1] })).toThrow(/must be in \[0, 1\]/);
  });
});
