import { calibrateOutOfFold } from "../../../shared/calibration/calibrateOutOfFold.ts";
import { calibrationRecord } from "../../../shared/calibration/calibrationRecord.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import type { Evaluation } from "../../../shared/models/evaluation.ts";
import { compareByHours } from "../../../shared/validation/compareByHours.ts";
import { judgeSkill } from "../../../shared/validation/judgeSkill.ts";

/** An evaluation of `rows` rows, as evaluate_model writes it. */
export function evaluationOf(rows: number): Evaluation {
  const y = Array.from({ length: rows }, (_, row) => row % 2);
  const p = y.map((label, row) => 0.4 + 0.1 * label + 0.001 * row);
  const constant = y.map(() => 0.5);
  const start = Date.UTC(2025, 5, 25);
  const event_time = y.map((_, row) => start + row * HOUR);
  const judged = { event_time, label_end: event_time.map((time) => time + HOUR), y, raw: p, horizon_bars: 1 };
  const hours = compareByHours({
    ...judged,
    p,
    long_net: y.map(() => -0.0001),
    short_net: y.map(() => Number.NaN),
    baselines: { majority: constant, momentum: constant, logistic: constant },
  });
  return {
    run_id: "r",
    model_name: "fx-usdsgd-predictor",
    instrument: "USD_SGD",
    horizon_bars: 1,
    dataset: "d",
    profile: "nightly",
    hours,
    claim: judgeSkill(hours.outside_rollover),
    folds: [{ train_rows: 10, test_rows: rows, splits: [3], unique_predictions: rows }],
    model_splits: 7,
    model_rounds: [60],
    seeds: [{ seed: 1, log_loss: null, accuracy: 0.5 }],
    out_of_fold: { rows: y.map((_, row) => row), predictions: p, raw_predictions: p },
    calibration: calibrationRecord(judged, calibrateOutOfFold(judged, [{ start: 0, end: rows }]), null),
    importance: { ret_1: 1 },
    parity: { rows: 256, mismatches: 0, largest_difference: 0 },
  };
}
