import { describe, expect, it } from "vitest";
import { createRandom } from "../../../shared/domain/random.ts";
import { dependenceLag } from "../../../shared/metrics/dependenceLag.ts";
import { evaluateDirection } from "../../../shared/metrics/evaluateDirection.ts";
import type { Interval } from "../../../shared/metrics/interval.ts";
import { logLossDifference } from "../../../shared/metrics/logLossDifference.ts";
import { shuffleCheck } from "../../../shared/validation/shuffleCheck.ts";

const ROWS = 1_000;
const TRIALS = 100;
const HORIZON = 12;

/**
 * Directions of a random walk over HORIZON bars, row by row, and what a model without skill says of them: probabilities that change as
 * slowly as a feature of a day does.
 */
function overlapping(random: () => number): { y: number[]; p: number[] } {
  const steps = Array.from({ length: ROWS + HORIZON }, () => random() - 0.5);
  let mood = 0;
  const p = Array.from({ length: ROWS }, () => {
    mood = 0.95 * mood + random() - 0.5;
    return 0.5 + 0.02 * Math.tanh(mood);
  });
  const y = p.map((_, row) => (steps.slice(row, row + HORIZON).reduce((sum, step) => sum + step, 0) > 0 ? 1 : 0));
  return { y, p };
}

/** How often, in percent, intervals hold the truth, which is known of a model without skill. */
function coverage(horizon_bars: number): { accuracy: number; auc: number; log_loss: number } {
  const random = createRandom(5);
  const held = { accuracy: 0, auc: 0, log_loss: 0 };
  const holds = (interval: Interval | null, truth: number) =>
    interval !== null && interval.low <= truth && interval.high >= truth ? 1 : 0;
  for (let trial = 0; trial < TRIALS; trial++) {
    const { y, p } = overlapping(random);
    const lag = dependenceLag(ROWS, horizon_bars);
    const { accuracy, auc } = evaluateDirection({ y, p, lag, horizon_bars });
    held.accuracy += holds(accuracy, 0.5);
    held.auc += holds(auc, 0.5);
    // Saying p of coins costs, on average, so much more than saying one half.
    const cost = p.reduce((sum, one) => sum - (Math.log(2 * one) + Math.log(2 * (1 - one))) / 2, 0) / ROWS;
    held.log_loss += holds(logLossDifference({ y, p, baseline: p.map(() => 0.5), lag }), cost);
  }
  return { accuracy: held.accuracy / (TRIALS / 100), auc: held.auc / (TRIALS / 100), log_loss: held.log_loss / (TRIALS / 100) };
}

describe("of labels that overlap", () => {
  // 100 trials: a coverage of 95 % is measured to +- 4 points.
  it("intervals hold the truth as often as they say, or more often", () => {
    const { accuracy, auc, log_loss } = coverage(HORIZON);
    expect(accuracy).toBeGreaterThanOrEqual(91);
    expect(auc).toBeGreaterThanOrEqual(91);
    expect(log_loss).toBeGreaterThanOrEqual(90);
  });

  it("those for independent rows do not", () => {
    const { accuracy, auc } = coverage(1);
    expect(accuracy).toBeLessThan(80);
    expect(auc).toBeLessThan(80);
  });

  it("shuffle_check counts what they are worth: 240 rows of 12 bars are 20", () => {
    const y = Array.from({ length: 240 }, (_, row) => (row % 2 ? 1 : 0));
    const p = y.map((up, row) => (row % 5 ? 0.4 + 0.2 * up : 0.5));
    expect(shuffleCheck({ y, p, horizon_bars: 1 }).passed).toBe(false);
    expect(shuffleCheck({ y, p: p.map((one, row) => (row % 3 ? 0.5 + (row % 7) / 100 : one)), horizon_bars: HORIZON }).passed).toBe(true);
  });
});
