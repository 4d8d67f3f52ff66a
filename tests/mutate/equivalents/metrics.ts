import type { Equivalent } from "./equivalent.ts";
import { BEHIND_THE_END, BORDER_OF_REALS, NO_ROW_THERE } from "./reasons.ts";

export const METRICS: readonly Equivalent[] = [
  {
    path: "shared/metrics/normalQuantile.ts",
    code: "Math.abs(q) <= 0.425",
    original: "<=",
    reason: "at the border of its two ranges both approximations are good to the last digits",
  },
  {
    path: "shared/metrics/normalQuantile.ts",
    code: "r <= 5",
    original: "<=",
    reason: "at the border of its two ranges both approximations are good to the last digits",
  },
  {
    path: "shared/metrics/normalQuantile.ts",
    code: "q < 0 ? probability",
    original: "<",
    reason: "q = 0 has been answered two lines above",
  },
  {
    path: "shared/metrics/normalQuantile.ts",
    code: "return q < 0 ?",
    original: "<",
    reason: "q = 0 has been answered above",
  },
  {
    path: "shared/metrics/meanInterval.ts",
    code: "clusters !== undefined && i > 0 &&",
    original: ">",
    reason: "no cluster id equals the undefined one before the first",
  },
  {
    path: "shared/metrics/logLoss.ts",
    code: "i < losses.length",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/metrics/accuracy.ts",
    code: "i < input.y.length",
    original: "<",
    reason: NO_ROW_THERE,
  },
  {
    path: "shared/metrics/auc.ts",
    code: "i < y.length",
    original: "<",
    reason: NO_ROW_THERE,
  },
  {
    path: "shared/metrics/auc.ts",
    code: "start < order.length",
    original: "<",
    reason: "one group more, of no row, whose rank no row gets",
  },
  {
    path: "shared/metrics/auc.ts",
    code: "end < order.length &&",
    original: "<",
    reason: "no value stands behind the last, and none equals it",
  },
  {
    path: "shared/metrics/auc.ts",
    code: "i < end; i++",
    original: "<",
    reason: "the row behind the group gets its own rank in the next round, or there is none",
  },
  {
    path: "shared/metrics/bootstrapInterval.ts",
    code: "at < resample.length",
    original: "<",
    reason: "one block more, of no rows: later blocks are drawn by other numbers, which are as good",
  },
  {
    path: "shared/metrics/meanInterval.ts",
    code: "sums.length - 1); k++",
    original: "-",
    reason: "an autocovariance at a lag of the whole length or more is a sum of nothing",
  },
  {
    path: "shared/metrics/normalProbability.ts",
    code: "x > OUTERMOST",
    original: ">",
    reason: BORDER_OF_REALS,
  },
  {
    path: "shared/metrics/normalProbability.ts",
    code: "x < -OUTERMOST",
    original: "<",
    reason: BORDER_OF_REALS,
  },
  {
    path: "shared/metrics/normalQuantile.ts",
    code: "sum * x + coefficient",
    original: "+",
    reason: "numerator and denominator both change their sign, and the ratio is the same",
  },
  {
    path: "shared/metrics/brierDecomposition.ts",
    code: "(y[row]! - rate) * off",
    original: "-",
    reason: "the deviations of a bin from its mean add up to 0, and so does any multiple of them",
  },
  {
    path: "shared/metrics/calibrationBins.ts",
    code: "|| a - b)",
    original: "-",
    reason: "equal probabilities come into one bin, in whatever order",
  },
  {
    path: "shared/metrics/calibrationBins.ts",
    code: "end < order.length &&",
    original: "<",
    reason: "behind the last stands no value that is equal",
  },
  {
    path: "shared/metrics/classScores.ts",
    code: "row < codes.length",
    original: "<",
    reason: NO_ROW_THERE,
  },
];
