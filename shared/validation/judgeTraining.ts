import { calibrateTraining } from "../calibration/calibrateTraining.ts";
import type { CalibrationRecord } from "../calibration/calibrationRecord.ts";
import type { Fold, TrainingResult } from "../contracts/training.ts";
import { POOLED } from "../domain/pooled.ts";
import { instrumentsOf } from "../features/poolSets.ts";
import type { TrainingSet } from "../features/trainingSet.ts";
import { type Baseline, evaluateDirection } from "../metrics/evaluateDirection.ts";
import { meanMargin } from "../models/meanMargin.ts";
import type { ModelClaim } from "../models/modelClaim.ts";
import { baselinePredictions } from "./baselines.ts";
import { breakdown, type Part } from "./breakdown.ts";
import { compareByHours, type Hours, type HoursEvaluation } from "./compareByHours.ts";
import { type FoldFacts, foldFacts } from "./foldFacts.ts";
import { judgeSkill } from "./judgeSkill.ts";
import { pastReturnOf } from "./pastReturnOf.ts";

export interface TrainingJudgement {
  /** Out-of-fold probabilities of what is served, calibrated by earlier folds alone, in the order of `out_of_fold.rows`. */
  readonly predictions: readonly number[];
  /** What the trees said of the same rows: the mean of the seeds by margin. */
  readonly raw_predictions: readonly number[];
  readonly calibration: CalibrationRecord;
  readonly hours: Readonly<Record<Hours, HoursEvaluation>>;
  readonly breakdown: readonly Part<Baseline>[];
  readonly seeds: readonly { readonly seed: number; readonly log_loss: number | null; readonly accuracy: number | null }[];
  readonly folds: readonly FoldFacts[];
  readonly claim: ModelClaim;
}

export interface JudgedTraining {
  readonly set: TrainingSet;
  readonly folds: readonly Fold[];
  readonly seeds: readonly number[];
  readonly result: Pick<TrainingResult, "out_of_fold" | "splits">;
  readonly horizon_bars: number;
}

/**
 * What a training was worth: its out-of-fold predictions beside the baselines on the same folds, by hours, and what the model may claim.
 * The folds are in time's order, and the result's rows are theirs.
 */
export function judgeTraining({ set, folds, seeds, result, horizon_bars }: JudgedTraining): TrainingJudgement {
  const { rows, predictions } = result.out_of_fold;
  const pick = (values: ArrayLike<number>) => rows.map((row) => values[row]!);
  const raw = meanMargin(predictions);
  const y = pick(set.y);
  const { predictions: p, record } = calibrateTraining({ set, folds, rows, raw, horizon_bars });
  const past_return = set.features[set.feature_names.indexOf(pastReturnOf(horizon_bars))]!;
  const instruments = set.instrument === POOLED ? instrumentsOf(set) : undefined;
  const { rows: _, ...baselines } = baselinePredictions({
    folds,
    y: set.y,
    past_return,
    features: set.features,
    horizon_bars,
    ...(instruments ? { instruments } : {}),
  });
  const judged = {
    event_time: pick(set.event_time),
    label_end: pick(set.label_end),
    y,
    p,
    long_net: pick(set.long_net),
    short_net: pick(set.short_net),
    baselines,
    horizon_bars,
  };
  const hours = compareByHours(judged);
  return {
    predictions: Array.from(p),
    raw_predictions: Array.from(raw),
    calibration: record,
    hours,
    breakdown: breakdown(instruments ? { ...judged, instruments: rows.map((row) => instruments[row]!) } : judged),
    seeds: seeds.map((seed, index) => {
      const { log_loss, accuracy } = evaluateDirection({ y, p: predictions[index]! });
      return { seed, log_loss: log_loss?.estimate ?? null, accuracy: accuracy?.estimate ?? null };
    }),
    folds: foldFacts(folds, result.splits.out_of_fold, raw),
    claim: judgeSkill(hours.outside_rollover),
  };
}
