import { runningBaselines } from "../backtest/runningBaselines.ts";
import { type ReliabilityBin, reliability } from "../calibration/reliability.ts";
import type { Instant } from "../domain/instant.ts";
import { touchesRollover } from "../domain/rollover.ts";
import { accuracy } from "../metrics/accuracy.ts";
import { auc } from "../metrics/auc.ts";
import { bootstrapInterval } from "../metrics/bootstrapInterval.ts";
import { brier } from "../metrics/brier.ts";
import { type CalibrationBin, calibrationBins } from "../metrics/calibrationBins.ts";
import { eceOf } from "../metrics/calibrationError.ts";
import type { ClassificationInput } from "../metrics/classificationInput.ts";
import { classIntervals } from "../metrics/classScores.ts";
import { dependenceLag } from "../metrics/dependenceLag.ts";
import type { Interval } from "../metrics/interval.ts";
import { logLoss } from "../metrics/logLoss.ts";
import { logLossDifference } from "../metrics/logLossDifference.ts";
import type { Forecast } from "./forecast.ts";

/** A forecast of a bar that rose or fell. */
export type LabelledForecast = Forecast & { readonly y: 0 | 1 };

export const LIVE_BASELINES = ["majority", "momentum"] as const;
export type LiveBaseline = (typeof LIVE_BASELINES)[number];

/** Figures of one span, outside the rollover; null where the rows do not define one. */
export interface LiveScores {
  readonly n: number;
  readonly accuracy: Interval | null;
  readonly f1: Interval | null;
  readonly auc: Interval | null;
  readonly log_loss: Interval | null;
  readonly brier: Interval | null;
  readonly ece: Interval | null;
  readonly curve: readonly ReliabilityBin[];
  /** Of the baseline with the most directions right on the same rows. */
  readonly baseline_accuracy: Interval | null;
  /** Log loss minus that of the baseline with the lowest, row by row. */
  readonly log_loss_minus_baseline: Interval | null;
  readonly best: { readonly accuracy: LiveBaseline; readonly log_loss: LiveBaseline } | null;
}

/** Decided after `since`, and outside the rollover. */
export function isOfSpan({ event_time, decided_at }: Forecast, since: Instant): boolean {
  return decided_at > since && !touchesRollover(event_time, decided_at);
}

/**
 * How forecasts did that were decided after `since`, beside baselines that need no training and are asked about the same hours: each from what
 * was decided by then, the forecasts before `since` among them (shared/backtest/runningBaselines.ts). Forecasts ascend.
 */
export function liveScores(forecasts: readonly LabelledForecast[], since: Instant): LiveScores {
  const said = baselinesOf(forecasts);
  const rows = [...forecasts.keys()].filter((row) => isOfSpan(forecasts[row]!, since));
  const pick = (of: (row: number) => number) => Float64Array.from(rows, of);
  const input = { y: pick((row) => forecasts[row]!.y), p: pick((row) => forecasts[row]!.probability) };
  const lag = dependenceLag(rows.length, 1);
  const baselines = LIVE_BASELINES.map((name) => ({ name, p: pick((row) => said[name][row]!) }));
  return {
    n: rows.length,
    accuracy: accuracy(input),
    f1: classIntervals(input).f1,
    auc: auc(input),
    log_loss: logLoss({ ...input, lag }),
    brier: brier({ ...input, lag }),
    ece: eceInterval(input),
    curve: reliability(input),
    ...againstBaselines(input, baselines, lag),
  };
}

function baselinesOf(forecasts: readonly LabelledForecast[]): Readonly<Record<LiveBaseline, Float64Array>> {
  return runningBaselines({
    event_time: forecasts.map(({ event_time }) => event_time),
    label_end: forecasts.map(({ decided_at }) => decided_at),
    y: forecasts.map(({ y }) => y),
    ret_1: forecasts.map(({ ret_1 }) => ret_1),
  });
}

interface Baseline {
  readonly name: LiveBaseline;
  readonly p: Float64Array;
}

function againstBaselines(input: ClassificationInput, baselines: readonly Baseline[], lag: number) {
  const judged = baselines.map(({ name, p }) => ({
    ...{ name, p, accuracy: accuracy({ y: input.y, p }), log_loss: logLoss({ y: input.y, p, lag })?.estimate ?? null },
  }));
  const [first] = judged;
  if (first === undefined || first.accuracy === null) return { baseline_accuracy: null, log_loss_minus_baseline: null, best: null };
  const right = judged.reduce((best, one) => (one.accuracy!.estimate > best.accuracy!.estimate ? one : best), first);
  const likely = judged.reduce((best, one) => ((one.log_loss ?? Infinity) < (best.log_loss ?? Infinity) ? one : best), first);
  return {
    baseline_accuracy: right.accuracy,
    log_loss_minus_baseline: logLossDifference({ ...input, baseline: likely.p, lag }),
    best: { accuracy: right.name, log_loss: likely.name },
  };
}

/**
 * Expected calibration error in ten bins of equal mass, with the block bootstrap's interval of it in the bins of the sample. It is never below
 * 0, so that the interval of a calibrated model does not hold 0 either: about 1.3 / sqrt(n) of it is chance.
 */
function eceInterval(input: ClassificationInput): Interval | null {
  const bins = calibrationBins(input);
  if (bins.length === 0) return null;
  const bin_of = new Uint8Array(input.y.length);
  for (const [bin, { rows }] of bins.entries()) for (const row of rows) bin_of[row] = bin;
  const gaps = Float64Array.from(input.y, (y, row) => input.p[row]! - y);
  const rows = Float64Array.from(gaps, (_, row) => row);
  const { low, high } = bootstrapInterval(rows, (drawn) => eceOfDrawn(drawn, gaps, bin_of, bins));
  const estimate = eceOf(bins);
  return { estimate, low: Math.min(low, estimate), high: Math.max(high, estimate) };
}

function eceOfDrawn(drawn: Float64Array, gaps: Float64Array, bin_of: Uint8Array, { length }: readonly CalibrationBin[]): number {
  const sums = new Float64Array(length);
  for (const row of drawn) sums[bin_of[row]!]! += gaps[row]!;
  return sums.reduce((total, sum) => total + Math.abs(sum), 0) / drawn.length;
}
