import type { Mutation } from "./mutationsOf.ts";

/** A mutation after which the program does the same: no test can see it. */
interface Equivalent {
  readonly path: string;
  /** The text around the operator, as it stands in the file; every occurrence is meant. */
  readonly code: string;
  readonly original: string;
  /** Why nothing changes: an argument that a reader can follow, or it does not belong here. */
  readonly reason: string;
}

const FALLS_THROUGH = "a quick way out: what it does not take goes the long way, which decides the same";
const BEHIND_THE_END = "one write more, behind the end of a typed array, which takes none";
/** Of loops over lists: what is read behind the end is undefined, which no comparison in the loop takes for a value. */
const NO_ROW_THERE = "one row more, behind the end: nothing is there, and nothing is not counted";
const BORDER_OF_REALS = "at the border itself both sides give the same value";

/**
 * Mutations that npm run mutate does not draw. Each was looked at because no test saw it; whatever a test could tell apart got the test
 * instead. An entry that matches nothing fails tests/unit/mutate/equivalents.test.ts.
 */
export const EQUIVALENTS: readonly Equivalent[] = [
  {
    path: "shared/features/stats.ts",
    code: "return r > 1 ? 1 : r < -1 ? -1 : r;",
    original: ">",
    reason: BORDER_OF_REALS,
  },
  {
    path: "shared/features/stats.ts",
    code: "return r > 1 ? 1 : r < -1 ? -1 : r;",
    original: "<",
    reason: BORDER_OF_REALS,
  },
  {
    path: "shared/news/feeds/canonicalUrl.ts",
    code: "x < y ? -1 : x > y ? 1 : 0",
    original: "<",
    reason: "name and value of both are equal: whichever comes first, the text is the same",
  },
  {
    path: "shared/news/feeds/canonicalUrl.ts",
    code: "x < y ? -1 : x > y ? 1 : 0",
    original: ">",
    reason: "name and value of both are equal: whichever comes first, the text is the same",
  },
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
    path: "shared/bronze/validateCandle.ts",
    code: "o >= l && o <= h && c >= l && c <= h",
    original: ">=",
    reason: FALLS_THROUGH,
  },
  {
    path: "shared/bronze/validateCandle.ts",
    code: "o >= l && o <= h && c >= l && c <= h",
    original: "<=",
    reason: FALLS_THROUGH,
  },
  {
    path: "shared/bronze/findWrongSpacing.ts",
    code: "if (distance <= 0) return false;",
    original: "<=",
    reason:
      "a start that stands twice is no step of a bar's length: if most are even with it, the long way finds the same median without it",
  },
  {
    path: "shared/features/volPercentile.ts",
    code: "(p) => p > HIGH",
    original: ">",
    reason: "the rank is a multiple of 1/198, and 0.8 is none",
  },
  {
    path: "shared/features/volPercentile.ts",
    code: "(p) => p < LOW",
    original: "<",
    reason: "the rank is a multiple of 1/198, and 0.2 is none",
  },
  {
    path: "shared/features/rsi.ts",
    code: "if (change > 0)",
    original: ">",
    reason: "no change adds 0 to the gains as to the losses",
  },
  {
    path: "shared/features/rsi.ts",
    code: "(change > 0 ?",
    original: ">",
    reason: "no change adds 0 to the gains as to the losses",
  },
  {
    path: "shared/features/adx.ts",
    code: "one_way > 0 ?",
    original: ">",
    reason: "a move of 0 counts as 0 either way",
  },
  {
    path: "shared/validation/rebuild/rebuildRows.ts",
    code: "while (first < rows &&",
    original: "<",
    reason: "no row has news: the span is empty, whether its first row lies one or two behind its last",
  },
  {
    path: "shared/validation/rebuild/rebuildRows.ts",
    code: "while (last > first &&",
    original: ">",
    reason: "the first row has news, or the loop before would have gone on",
  },
  {
    path: "shared/metrics/meanInterval.ts",
    code: "clusters !== undefined && i > 0 &&",
    original: ">",
    reason: "no cluster id equals the undefined one before the first",
  },
  {
    path: "shared/models/packModel.ts",
    code: "score >= CLOSEST_BASE_SCORE",
    original: ">=",
    reason: "the score is a float32, and neither border is one",
  },
  {
    path: "shared/models/packModel.ts",
    code: "score <= 1 - CLOSEST_BASE_SCORE",
    original: "<=",
    reason: "the score is a float32, and neither border is one",
  },
  {
    path: "shared/metrics/logLoss.ts",
    code: "i < losses.length",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/validation/importanceCheck.ts",
    code: "<= SUM_TOLERANCE",
    original: "<=",
    reason: "no double near 1 lies exactly the tolerance away from it",
  },
  {
    path: "shared/models/float32Exp.ts",
    code: "i = -LOWEST_EXPONENT - 1",
    original: "-",
    reason: "two powers more are halved from the ones above them, which gives what they are",
  },
  {
    path: "shared/validation/logistic/fitLogistic.ts",
    code: "<= TOLERANCE * y.length",
    original: "<=",
    reason: BORDER_OF_REALS,
  },
  {
    path: "shared/validation/logistic/standardise.ts",
    code: "row < end; row++) {",
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
    path: "shared/backtest/runningBaselines.ts",
    code: "row < y.length",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/backtest/runningBaselines.ts",
    code: "decided < row &&",
    original: "<",
    reason: "a row's own label is not decided at its event time",
  },
  {
    path: "shared/domain/blockPermutation.ts",
    code: "rows / block_rows",
    original: "/",
    reason: "more blocks, all of no rows: another order, as random as this one",
  },
  {
    path: "shared/domain/random.ts",
    code: "last > 0; last--",
    original: ">",
    reason: "the first item changes places with itself",
  },
  {
    path: "shared/domain/marketCalendar.ts",
    code: "day > 5 && day < 353",
    original: ">",
    reason: FALLS_THROUGH,
  },
  {
    path: "shared/domain/marketCalendar.ts",
    code: "day > 5 && day < 353",
    original: "<",
    reason: FALLS_THROUGH,
  },
  {
    path: "shared/domain/timeZone.ts",
    code: "(week + 1) * WEEK - 1",
    original: "-",
    reason: "a change at the very end of the week is no change in it: its instants have the offset before either way",
  },
  {
    path: "shared/dag/dagGraph.ts",
    code: "while (rest.length > 0)",
    original: ">",
    reason: FALLS_THROUGH,
  },
];

/** Why a mutation of the file's text changes nothing; null for one that is not known to. */
export function reasonOf(mutation: Mutation & { readonly path: string }, text: string): string | null {
  return EQUIVALENTS.find((known) => isOf(known, mutation, text))?.reason ?? null;
}

function isOf({ path, code, original }: Equivalent, mutation: Mutation & { readonly path: string }, text: string): boolean {
  if (mutation.path !== path || mutation.original !== original) return false;
  for (let at = text.indexOf(code); at >= 0; at = text.indexOf(code, at + 1)) {
    if (at <= mutation.start && mutation.end <= at + code.length) return true;
  }
  return false;
}
