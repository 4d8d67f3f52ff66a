import type { Fold } from "../contracts/training.ts";
import type { TrainingSet } from "../features/trainingSet.ts";
import { calibrateOutOfFold } from "./calibrateOutOfFold.ts";
import { type CalibrationRecord, calibrationRecord } from "./calibrationRecord.ts";
import { conformReturns, type ReturnRows } from "./conformReturns.ts";
import { foldSpans, type OutOfFoldRows } from "./outOfFoldRows.ts";
import { VOLATILITY_FEATURE } from "./returnInterval.ts";

export interface TrainingToCalibrate {
  readonly set: TrainingSet;
  /** In time's order. */
  readonly folds: readonly Fold[];
  /** Rows of the set that were tested, fold by fold, and what the trees said of each. */
  readonly rows: readonly number[];
  readonly raw: ArrayLike<number>;
  readonly horizon_bars: number;
}

/** Calibrates a training's out-of-fold predictions, and makes the intervals for the return of its rows. */
export function calibrateTraining({ set, folds, rows, raw, horizon_bars }: TrainingToCalibrate): {
  /** Of every tested row, what would have been served: each by earlier folds alone. */
  readonly predictions: Float64Array;
  readonly record: CalibrationRecord;
} {
  const pick = (values: ArrayLike<number>) => rows.map((row) => values[row]!);
  const tested = { event_time: pick(set.event_time), label_end: pick(set.label_end), y: pick(set.y), raw, horizon_bars };
  const spans = foldSpans(folds.map(({ test }) => test.end - test.start));
  const calibration = calibrateOutOfFold(tested, spans);
  const { predictions } = calibration;
  const interval = conformReturns(returnRows(set, rows, tested, predictions), spans);
  return { predictions, record: calibrationRecord(tested, calibration, interval) };
}

/** What the move between mids was on each row: the two trades pay the same spreads, one up and one down the same move. */
function returnRows(set: TrainingSet, rows: readonly number[], tested: OutOfFoldRows, p: ArrayLike<number>): ReturnRows {
  const volatility = set.features[set.feature_names.indexOf(VOLATILITY_FEATURE)];
  return {
    ...tested,
    p,
    returns: rows.map((row) => (set.long_net[row]! - set.short_net[row]!) / 2),
    volatility: rows.map((row) => volatility?.[row] ?? Number.NaN),
  };
}
