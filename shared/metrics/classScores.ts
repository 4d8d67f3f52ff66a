import { RISE_THRESHOLD } from "./accuracy.ts";
import { bootstrapInterval } from "./bootstrapInterval.ts";
import { type ClassificationInput, checkClassificationInput, type OverlapOptions } from "./classificationInput.ts";
import type { Interval } from "./interval.ts";

export interface ClassScores {
  /** Of the class "rise": 2 TP / (2 TP + FP + FN). A model that always says so has 2r / (1 + r), two thirds at even odds. Null without either. */
  readonly f1: number | null;
  /** Matthews' correlation of what was said and what came, -1 to 1, 0 without skill at any base rate. Null where either never varies. */
  readonly mcc: number | null;
}

/** True and false rises and falls, by what was said (rise at 0.5 and above) and what came. */
interface Counts {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
}

/** References: van Rijsbergen 1979 for F1; Matthews 1975, BBA 405(2) for the correlation. */
export function classScores(input: ClassificationInput): ClassScores {
  const counts = countsOf(codesOf(input));
  return { f1: f1Of(counts), mcc: mccOf(counts) };
}

/** The same with 95 % intervals from a block bootstrap of the rows, which ascend in time. */
export function classIntervals(input: ClassificationInput & OverlapOptions): {
  readonly f1: Interval | null;
  readonly mcc: Interval | null;
} {
  const { horizon_bars = 1 } = input;
  const codes = codesOf(input);
  const { f1, mcc } = classScores(input);
  return {
    f1: f1 === null ? null : bootstrapInterval(codes, (drawn) => f1Of(countsOf(drawn)) ?? 0, horizon_bars),
    mcc: mcc === null ? null : bootstrapInterval(codes, (drawn) => mccOf(countsOf(drawn)) ?? 0, horizon_bars),
  };
}

/** 2 for a rise that was said, and 1 for one that came. */
function codesOf(input: ClassificationInput): Float64Array {
  checkClassificationInput(input);
  return Float64Array.from(input.p, (p, row) => (p >= RISE_THRESHOLD ? 2 : 0) + input.y[row]!);
}

function countsOf(codes: Float64Array): Counts {
  const counts = [0, 0, 0, 0];
  for (let row = 0; row < codes.length; row++) counts[codes[row]!]!++;
  const [tn, fn, fp, tp] = counts as [number, number, number, number];
  return { tn, fn, fp, tp };
}

function f1Of({ tp, fp, fn }: Counts): number | null {
  return tp + fp + fn === 0 ? null : (2 * tp) / (2 * tp + fp + fn);
}

function mccOf({ tp, fp, fn, tn }: Counts): number | null {
  const margins = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn);
  return margins === 0 ? null : (tp * tn - fp * fn) / Math.sqrt(margins);
}
