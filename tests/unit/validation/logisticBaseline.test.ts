import { describe, expect, it } from "vitest";
import { createRandom } from "../../../shared/domain/random.ts";
import { choleskySolver } from "../../../shared/validation/logistic/choleskySolver.ts";
import { fitLogistic, logisticProbabilities } from "../../../shared/validation/logistic/fitLogistic.ts";
import { logisticBaseline } from "../../../shared/validation/logistic/logisticBaseline.ts";
import { standardiser } from "../../../shared/validation/logistic/standardise.ts";

const fold = (train_end: number, test_end: number) => ({ train: { start: 0, end: train_end }, test: { start: train_end, end: test_end } });

describe("choleskySolver", () => {
  it("solves a system by hand", () => {
    // [[4, 2], [2, 3]] [1, 2] = [8, 8]
    expect([...choleskySolver(Float64Array.of(4, 0, 2, 3), 2)(Float64Array.of(8, 8))].map((x) => Math.round(x * 1e12) / 1e12)).toEqual([
      1, 2,
    ]);
  });

  it("solves one of three unknowns, and again for another side", () => {
    // [[4, 2, 2], [2, 5, 3], [2, 3, 6]]; above the diagonal nothing is read.
    const solve = choleskySolver(Float64Array.of(4, Number.NaN, Number.NaN, 2, 5, Number.NaN, 2, 3, 6), 3);
    const round = (x: number) => Math.round(x * 1e12) / 1e12;
    expect([...solve(Float64Array.of(14, 21, 26))].map(round)).toEqual([1, 2, 3]);
    expect([...solve(Float64Array.of(-2, -7, 0))].map(round)).toEqual([0, -2, 1]);
  });

  it("refuses what is not positive definite", () => {
    expect(() => choleskySolver(Float64Array.of(1, 0, 2, 1), 2)).toThrow(/not positive definite at row 1/);
    expect(() => choleskySolver(Float64Array.of(1, 1, 1, 1), 2), "a pivot of nothing").toThrow(/not positive definite at row 1/);
  });
});

describe("standardiser", () => {
  it("scales by the training rows, puts their median where a value is missing, and cuts what lies far out", () => {
    const values = [1, 3, Number.NaN, 3, 5, 1_000, Number.NaN];
    const { width, design } = standardiser([values], { start: 0, end: 5 });
    // Present: 1, 3, 3, 5; median 3; with it for the missing one: mean 3, sd sqrt(8/5).
    const sd = Math.sqrt(8 / 5);
    expect(width).toBe(2);
    const scaled = [...design({ start: 0, end: 7 })].filter((_, i) => i % 2 === 1);
    for (const [row, expected] of [-2 / sd, 0, 0, 0, 2 / sd, 5, 0].entries()) expect(scaled[row]).toBeCloseTo(expected, 12);
  });

  it("scales by the rows of a range alone, with the middle between an even number of them for their median", () => {
    const { design } = standardiser([[900, -900, 1, 3, Number.NaN, 4, 10]], { start: 2, end: 7 });
    const mean = (1 + 3 + 3.5 + 4 + 10) / 5;
    const sd = Math.sqrt([1, 3, 3.5, 4, 10].reduce((sum, value) => sum + (value - mean) ** 2, 0) / 5);
    const scaled = [...design({ start: 2, end: 7 })].filter((_, i) => i % 2 === 1);
    for (const [row, value] of [1, 3, 3.5, 4, 10].entries()) expect(scaled[row]).toBeCloseTo((value - mean) / sd, 12);
  });

  it("lays the rows one behind the other: 1, then every column in its order", () => {
    const { width, design } = standardiser(
      [
        [0, 2, 4],
        [10, 10, 16],
        [7, 7, 7],
        [5, 3, 1],
      ],
      { start: 0, end: 3 },
    );
    const [slope, rare] = [Math.sqrt(3 / 2), Math.SQRT1_2];
    const rows = [
      [1, -slope, -rare, slope],
      [1, 0, -rare, 0],
      [1, slope, 2 * rare, -slope],
    ];
    expect(width).toBe(4);
    expect([...design({ start: 0, end: 3 })]).toEqual(rows.flat().map((value) => expect.closeTo(value, 12)));
    expect([...design({ start: 2, end: 3 })]).toEqual(rows[2]!.map((value) => expect.closeTo(value, 12)));
  });

  it.each([
    ["is missing in all training rows", [Number.NaN, Number.NaN, 7, 8]],
    ["does not vary in them", [0.1 + 0.2, 0.3, 7, 8]],
    ["varies in the last digits of a large number", [1e6, 1e6 + 1e-9, 7, 8]],
    ["is nothing in them", [0, 0, 7, 8]],
  ])("leaves out a column that %s", (_name, values) => {
    expect(standardiser([values], { start: 0, end: 2 }).width).toBe(1);
  });
});

describe("fitLogistic", () => {
  it("is the log-odds of the share where there is only an intercept, whatever the penalty", () => {
    const weights = fitLogistic({ design: new Float64Array(4).fill(1), width: 1, y: [1, 1, 1, 0], penalty: 100 });
    expect(weights[0]).toBeCloseTo(Math.log(3), 7);
  });

  it("meets the condition of the optimum: the gradient is 0", () => {
    const random = createRandom(2);
    const [rows, width, penalty] = [500, 6, 3];
    const design = Float64Array.from({ length: rows * width }, (_, i) => (i % width === 0 ? 1 : 4 * random() - 2));
    const y: number[] = Array.from({ length: rows }, (_, row) => (random() < 1 / (1 + Math.exp(-2 * design[row * width + 1]!)) ? 1 : 0));
    const weights = fitLogistic({ design, width, y, penalty });
    const p = logisticProbabilities(design, weights);
    for (let j = 0; j < width; j++) {
      const pull = y.reduce((sum, label, row) => sum + (label - p[row]!) * design[row * width + j]!, 0);
      expect(pull).toBeCloseTo(j === 0 ? 0 : penalty * weights[j]!, 5);
    }
    expect(weights[1]).toBeGreaterThan(1.5);
  });

  it("ends where the classes can be separated", () => {
    const weights = fitLogistic({ design: Float64Array.of(1, -1, 1, 1), width: 2, y: [0, 1], penalty: 0.01 });
    expect(Number.isFinite(weights[1])).toBe(true);
    expect(weights[1]).toBeGreaterThan(2);
  });
});

describe("logisticBaseline", () => {
  const random = createRandom(3);
  const rows = 3_000;
  const signal = Float64Array.from({ length: rows }, () => 2 * random() - 1);
  const noise = Float64Array.from({ length: rows }, () => random());
  const y: number[] = Array.from(signal, (value) => (random() < 0.5 + 0.2 * value ? 1 : 0));
  const folds = [fold(1_000, 2_000), fold(2_000, 3_000)];

  it("finds a straight line, and gives every test row a probability, fold by fold", () => {
    const p = logisticBaseline(folds, [signal, noise], y, 1);
    expect(p).toHaveLength(2_000);
    const right = Array.from(p).filter((value, i) => value >= 0.5 === (y[1_000 + i] === 1)).length;
    // The best possible is 60 %.
    expect(right / 2_000).toBeGreaterThan(0.57);
  });

  it.each([1, 5])("is penalised by 25 a feature and bar, at %i bars", (horizon_bars) => {
    const [only] = folds;
    const { width, design } = standardiser([signal, noise], only!.train);
    expect(width).toBe(3);
    const weights = fitLogistic({ design: design(only!.train), width, y: y.slice(0, 1_000), penalty: 25 * 2 * horizon_bars });
    expect(logisticBaseline([only!], [signal, noise], y, horizon_bars)).toEqual(logisticProbabilities(design(only!.test), weights));
  });

  it("knows nothing of test rows: neither their labels, nor later rows' features", () => {
    const known = logisticBaseline(folds, [signal, noise], y, 1).slice(0, 1_000);
    const other = y.map((label, row) => (row < 1_000 ? label : 1 - label));
    const moved = signal.map((value, row) => (row < 2_000 ? value : 100 * value));
    expect(logisticBaseline(folds, [moved, noise], other, 1).slice(0, 1_000)).toEqual(known);
  });

  it("takes the rows of a fold that begins late as those of one that begins at once", () => {
    const late = { train: { start: 1_000, end: 2_000 }, test: { start: 2_000, end: 3_000 } };
    const from = (values: Float64Array) => values.slice(1_000);
    const expected = logisticBaseline([fold(1_000, 2_000)], [from(signal), from(noise)], y.slice(1_000), 1);
    expect(logisticBaseline([late], [signal, noise], y, 1)).toEqual(expected);
  });

  it("is the base rate where there are no features", () => {
    const [first] = logisticBaseline([fold(4, 5)], [], [1, 1, 1, 0, 1], 1);
    expect(first).toBeCloseTo(3 / 4, 7);
  });

  it("costs little on noise: a fraction of the 0.015 nats of 60 free weights on 2,000 rows", () => {
    const coin = Array.from({ length: rows }, () => (random() < 0.5 ? 1 : 0));
    const features = Array.from({ length: 60 }, () => Float64Array.from({ length: rows }, () => random()));
    const p = logisticBaseline([fold(2_000, 3_000)], features, coin, 1);
    const loss = p.reduce((sum, value, i) => sum - Math.log(coin[2_000 + i] === 1 ? value : 1 - value), 0) / p.length;
    expect(loss - Math.LN2).toBeLessThan(0.004);
  });
});
