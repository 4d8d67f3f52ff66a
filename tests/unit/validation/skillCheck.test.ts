import { describe, expect, it } from "vitest";
import { createRandom } from "../../../shared/domain/random.ts";
import { dependenceLag } from "../../../shared/metrics/dependenceLag.ts";
import { logLossDifference } from "../../../shared/metrics/logLossDifference.ts";
import { SKILL_GATE_SIZE, skillCheck, TOLERATED_NATS } from "../../../shared/validation/skillCheck.ts";

const ROWS = 1_000;

/** A learner without any signal whose probabilities stray from one half by `stray`, staying on one side for `hold` rows at a time. */
function noiseModel(random: () => number, stray: number, hold: number) {
  const y = Array.from({ length: ROWS }, () => (random() < 0.5 ? 1 : 0));
  let side = 1;
  const p = y.map((_, row) => {
    if (row % hold === 0) side = random() < 0.5 ? 1 : -1;
    return 0.5 + side * stray;
  });
  const lag = dependenceLag(ROWS, 1);
  return { model: { n: ROWS, lag }, versus_majority: logLossDifference({ y, p, baseline: y.map(() => 0.5), lag }) };
}

/** The mean cost of straying by d from one half when there is nothing to find: -ln(1 - 4 d^2) / 2. */
const STRAY_AT_TOLERANCE = Math.sqrt(1 - Math.exp(-2 * TOLERATED_NATS)) / 2;

function refusals(trials: number, stray: number, { hold = 1, models_judged = 1, seed = 7 } = {}): number {
  const random = createRandom(seed);
  let refused = 0;
  for (let trial = 0; trial < trials; trial++) {
    if (!skillCheck({ ...noiseModel(random, stray, hold), models_judged }).passed) refused++;
  }
  return refused;
}

describe("skill_check on pure noise", () => {
  const trials = 1_500;
  const chance = SKILL_GATE_SIZE * trials;
  // Three standard deviations of a count of so many.
  const slack = 3 * Math.sqrt(chance);

  it.each([1, 40])("refuses a model as bad as it tolerates as often as it states, with calls that hold for %d rows", (hold) => {
    const refused = refusals(trials, STRAY_AT_TOLERANCE, { hold });
    expect(refused).toBeLessThanOrEqual(chance + slack);
    expect(refused).toBeGreaterThanOrEqual(chance - slack);
  });

  it("refuses a model that costs half of it hardly ever", () => {
    expect(refusals(trials, STRAY_AT_TOLERANCE * Math.SQRT1_2)).toBeLessThanOrEqual(chance / 2);
  });

  it("shares its size among the models of a run", () => {
    const seven = refusals(trials, STRAY_AT_TOLERANCE, { models_judged: 7 });
    expect(seven).toBeLessThanOrEqual(chance / 7 + 3 * Math.sqrt(chance / 7));
  });

  it("refuses what is harmful, nearly always", () => {
    expect(refusals(200, 0.15)).toBeGreaterThanOrEqual(195);
  });
});

describe("skill_check's text", () => {
  it("states its size, what it tolerates, and how many models share it", () => {
    const { detail } = skillCheck({ ...noiseModel(createRandom(1), 0.02, 1), models_judged: 3 });
    expect(detail).toMatch(/worse by more than 0\.001 nats with a chance of error of 1 % shared by the 3 models of this run/);
  });

  it.each([
    ["+0.00010", 0.000_1],
    ["-0.00010", -0.000_1],
    ["0.00000", 0],
  ])("says %s nats with its sign", (text, estimate) => {
    const versus_majority = { estimate, low: estimate - 1, high: estimate + 1, standard_error: 1, statistic: estimate };
    expect(skillCheck({ model: { n: 100, lag: 0 }, versus_majority, models_judged: 1 }).detail).toContain(`log loss ${text} nats`);
  });

  it("passes what is worse by exactly what is tolerated", () => {
    const versus_majority = { estimate: TOLERATED_NATS, low: 0, high: 1, standard_error: 0, statistic: null };
    expect(skillCheck({ model: { n: 100, lag: 0 }, versus_majority, models_judged: 1 }).passed).toBe(true);
  });

  it("fails without rows to compare", () => {
    expect(skillCheck({ model: { n: 1, lag: 0 }, versus_majority: null, models_judged: 1 })).toMatchObject({ passed: false });
  });
});
