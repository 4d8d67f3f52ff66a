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
