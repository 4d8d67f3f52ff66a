import { describe, expect, it } from "vitest";
import { HOUR } from "../../../shared/domain/instant.ts";
import { createRandom } from "../../../shared/domain/random.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";
import { judgeTraining } from "../../../shared/validation/judgeTraining.ts";
import { purgedWalkForward } from "../../../shared/validation/walkForward.ts";

const ROWS = 7_000;
const START = Date.UTC(2025, 0, 6);

/** A market in which the last return tells the next direction with log-odds of 0.5, and a training whose trees say `boldness` times that. */
function training(boldness: number) {
  const random = createRandom(8);
  const event_time = Float64Array.from({ length: ROWS }, (_, row) => START + row * HOUR);
  const label_end = event_time.map((time) => time + HOUR);
  const ret_1 = event_time.map(() => (random() < 0.5 ? 0.001 : -0.001));
  const odds = ret_1.map((move) => -0.5 * Math.sign(move));
  const y = odds.map((one) => (random() < 1 / (1 + Math.exp(-one)) ? 1 : 0));
  const net = y.map((label) => (label === 1 ? 0.0006 : -0.0014));
  const set: TrainingSet = {
    instrument: "USD_SGD",
    event_time,
    known_at: event_time,
    label_end,
    y,
    long_net: net,
    short_net: net.map((long) => -long - 0.0008),
    feature_names: ["ret_1"],
    features: [ret_1],
  };
  const folds = purgedWalkForward({ event_times: event_time, label_ends: label_end, folds: 5, min_train_rows: 1_000, embargo_ms: 0 });
  const rows = folds.flatMap(({ test }) => Array.from({ length: test.end - test.start }, (_, row) => test.start + row));
  const said = rows.map((row) => 1 / (1 + Math.exp(-boldness * odds[row]! - 0.01 * Math.sin(row))));
  const result = { out_of_fold: { rows, predictions: [said, said] }, splits: { out_of_fold: [[1], [1]], model: 1 } };
  return judgeTraining({ set, folds, seeds: [1, 2], result, horizon_bars: 1 });
}

describe("a training is judged by what it will serve", () => {
  const judged = training(3);

  it("calibrated, by earlier folds alone: the first two as the trees said, the rest less bold", () => {
    expect(judged.calibration.calibrator.kind).toBe("platt");
    expect(judged.calibration.fold_kinds).toEqual(["none", "none", "platt", "platt", "platt"]);
    const strays = (p: readonly number[]) => p.reduce((sum, one) => sum + Math.abs(one - 0.5), 0) / p.length;
    expect(judged.predictions.slice(0, 2_400)).toEqual(judged.raw_predictions.slice(0, 2_400));
    expect(strays(judged.predictions.slice(2_400))).toBeLessThan(0.6 * strays(judged.raw_predictions.slice(2_400)));
  });

  it("and so are the metrics, the claim and the folds' facts of the trees", () => {
    const { calibration, hours, claim } = judged;
    expect(hours.all.compared.model.log_loss!.estimate).toBeCloseTo(
      calibration.raw_log_loss!.estimate + calibration.log_loss_minus_raw!.estimate,
      12,
    );
    expect(calibration.log_loss_minus_raw!.high).toBeLessThan(0);
    expect(claim.accuracy).toEqual(hours.outside_rollover.compared.model.accuracy);
    expect(judged.folds.every(({ unique_predictions }) => unique_predictions > 100)).toBe(true);
  });

  it("reliability after is nearer to what came than before, on the same rows", () => {
    const { before, after } = judged.calibration.reliability;
    const error = (bins: typeof before) =>
      bins.reduce((sum, { mean_forecast, share_up, n }) => sum + n * Math.abs(mean_forecast - share_up), 0);
    expect(error(after)).toBeLessThan(0.7 * error(before));
    for (const bins of [before, after]) expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(judged.predictions.length);
  });

  it("a calibrated one is left as it is", () => {
    const { predictions, raw_predictions, calibration } = training(1);
    expect(calibration.calibrator).toEqual({ kind: "none" });
    expect(predictions).toEqual(raw_predictions);
  });
});
