import { describe, expect, it } from "vitest";
import { HOUR } from "../../../shared/domain/instant.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";
import { shuffledRun } from "../../../shared/validation/shuffledRun.ts";
import { trialScore } from "../../../shared/validation/trialScore.ts";

describe("the run with shuffled labels", () => {
  const out_of_fold = { rows: [2, 3], predictions: [[0.5, 0.5]] };

  it("has the labels that its rows got, each of the training set's", () => {
    const shuffled = { shuffle: { seed: 3, block_rows: 1 }, predictions: [0.6, 0.4] };
    const run = shuffledRun([1, 1, 1, 1], { shuffled, out_of_fold }, 5)!;
    expect(run).toEqual({ y: [1, 1], p: [0.6, 0.4], horizon_bars: 5 });
  });

  it("is none of a job from before there was one", () => {
    expect(shuffledRun([1, 1, 1, 1], { out_of_fold }, 5)).toBeNull();
  });
});

describe("the score of a trial", () => {
  it("is of the rows outside the rollover, by the mean of its seeds", () => {
    // Noon, and the hour before 17:00 in New York.
    const event_time = [12, 13, 20].map((hour) => Date.UTC(2025, 5, 25, hour));
    const set = { event_time, label_end: event_time.map((time) => time + HOUR), y: [1, 0, 1] } as unknown as TrainingSet;
    const predictions = [
      [0.2, 0.8, 0.9],
      [0.2, 0.8, 0.9],
    ];
    const { n, base_rate, log_loss } = trialScore(set, { out_of_fold: { rows: [0, 1, 2], predictions } }, 1);
    expect([n, base_rate]).toEqual([2, 0.5]);
    expect(log_loss!.estimate).toBeCloseTo(-Math.log(0.2), 9);
  });
});
