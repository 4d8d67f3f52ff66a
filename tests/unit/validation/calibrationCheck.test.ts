import { describe, expect, it } from "vitest";
import { createRandom } from "../../../shared/domain/random.ts";
import { CALIBRATION_GATE_SIZE, calibrationCheck, TOLERATED_ECE } from "../../../shared/validation/calibrationCheck.ts";

/** Probabilities of a model that says `said(p)` where p is true; calls hold for `hold` rows. */
function rowsOf(random: () => number, n: number, said: (p: number) => number, hold = 1) {
  let p = 0.5;
  const truth = Array.from({ length: n }, (_, row) => {
    if (row % hold === 0) p = 0.4 + 0.2 * random();
    return p;
  });
  return { y: truth.map((one) => (random() < one ? 1 : 0)), p: truth.map(said), horizon_bars: 1 };
}

function refusals(trials: number, n: number, said: (p: number) => number, { hold = 1, models_judged = 1 } = {}): number {
  const random = createRandom(11);
  let refused = 0;
  for (let trial = 0; trial < trials; trial++) {
    if (!calibrationCheck({ ...rowsOf(random, n, said, hold), models_judged }).passed) refused++;
  }
  return refused;
}

/** Off by the tolerated error in one bin of ten alone, as far as its whole: where the bound is tightest. */
const inOneBin = (p: number) => (p > 0.58 ? p + 10 * TOLERATED_ECE - 0.2 : p + (0.2 * TOLERATED_ECE) / 0.9);

describe("calibration_check", () => {
  const trials = 150;
  const chance = CALIBRATION_GATE_SIZE * trials;
  const slack = 3 * Math.sqrt(chance);

  it.each<[string, number, (p: number) => number, number]>([
    ["a calibrated model on few rows", 1_000, (p) => p, 1],
    ["a calibrated model on many rows", 4_000, (p) => p, 1],
    ["one that is off by what is tolerated, everywhere", 2_000, (p) => p + TOLERATED_ECE, 1],
    ["the same with calls that hold for a day", 2_000, (p) => p + TOLERATED_ECE, 24],
    ["one that is off in one bin", 2_000, inOneBin, 1],
  ])("refuses %s no more often than it states", (_what, n, said, hold) => {
    expect(refusals(trials, n, said, { hold })).toBeLessThanOrEqual(chance + slack);
  });

  it.each<[string, number, (p: number) => number]>([
    ["what is twice as far off, on a thousand rows", 1_000, (p) => p + 3 * TOLERATED_ECE],
    ["what is almost as far off again, on eight thousand", 8_000, (p) => p + 1.8 * TOLERATED_ECE],
    ["classes the wrong way round", 8_000, (p) => 1 - p - 0.15],
  ])("refuses %s, nearly always", (_what, n, said) => {
    expect(refusals(40, n, said)).toBeGreaterThanOrEqual(38);
  });

  /** What the check takes for chance, in points: parsed from what it says. */
  const chanceIn = (y: readonly number[], p: readonly number[], horizon_bars: number, models_judged = 1) =>
    Number(/and (-?[\d.]+) points that chance/.exec(calibrationCheck({ y, p, horizon_bars, models_judged }).detail)![1]);
  const half = (rows: number) => Array<number>(rows).fill(0.5);

  // Labels over two bars are looked at in blocks of four rows, of one bar each by itself where there are so few. Of a sum that is 0 or a,
  // as a coin falls, mean and standard deviation are a / 2, and the skewness is 0: a / 2 (1 + 2.326) is the quantile at 1 %.
  it.each([
    ["two rows, each a sign of its own: 0 or 1/2", [0, 1], half(2), 1, 50 * (1 + 2.326) * 0.5],
    ["two rows of one block, which cancel", [0, 1], half(2), 2, 0],
    ["six rows in blocks of four and two: 0 or 1/3", [1, 1, 1, 0, 0, 0], half(6), 2, 50 * (1 + 2.326) * (1 / 3)],
    ["two bins in two blocks: 0 or 1/2", [0, 0, 1, 1, 1, 1, 0, 0], [0.4, 0.4, 0.6, 0.6, 0.4, 0.4, 0.6, 0.6], 2, 50 * (1 + 2.326) * 0.5],
    ["two bins of two rows: 0, 1/4 or 1/2", [0, 1, 0, 1], [0.4, 0.4, 0.6, 0.6], 1, 100 * (0.25 + Math.sqrt(0.03125) * 2.326)],
    ["rows that are all off as their bin is", [1, 1, 0, 0], [0.9, 0.9, 0.2, 0.2], 1, 0],
  ])("takes for chance what the signs of blocks make of the residuals: %s", (_what, y, p, horizon_bars, expected) => {
    expect(Math.abs(chanceIn(y, p, horizon_bars) - expected)).toBeLessThanOrEqual(0.05 * expected);
  });

  it("asks a run of ten models for a quantile of a tenth of the size: 3.09 standard deviations", () => {
    expect(Math.abs(chanceIn([0, 1], half(2), 1, 10) - 25 * (1 + 3.09))).toBeLessThan(5);
  });

  it("passes what is off by exactly what is tolerated, and says so", () => {
    const one = (p: number) => calibrationCheck({ y: [0], p: [p], horizon_bars: 1, models_judged: 1 });
    expect(one(TOLERATED_ECE)).toEqual({
      name: "calibration_check",
      passed: true,
      detail:
        "expected calibration error 5.00 points in 1 bin of 1 row; refused above 5.00 points: " +
        "5.00 points tolerated, and 0.00 points that chance alone exceeds in 1 % of runs",
    });
    expect(one(TOLERATED_ECE + 1e-9).passed).toBe(false);
  });

  it("says what it measured, what is tolerated and what is chance, and whose size it shares", () => {
    const { detail } = calibrationCheck({ ...rowsOf(createRandom(3), 1_000, (p) => p), models_judged: 3 });
    expect(detail).toMatch(
      /^expected calibration error \d\.\d\d points in 10 bins of 1000 rows; refused above \d+\.\d\d points: 5\.00 points tolerated, and \d\.\d\d points that chance alone exceeds in 1 % of runs shared by the 3 models/,
    );
  });

  it("is not passed without rows, and is passed by a constant that is right", () => {
    const few = { horizon_bars: 1, models_judged: 1 };
    expect(calibrationCheck({ y: [], p: [], ...few })).toMatchObject({ passed: false });
    expect(calibrationCheck({ y: [0, 1], p: [0.5, 0.5], ...few })).toMatchObject({ passed: true });
  });
});
