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
const TURNS = "it is -1 or 1";
const NO_MOVE_THERE = "at the ends stand the noun and the comparing word, which are no moves";
const FINDING_IS_WORDS = "one token more: the first of the finding itself, which is a word and no mark";
/** tests/unit/features/columns.test.ts holds the two to the same bits. */
const BOTH_WAYS = "rows of a column and rows computed one by one are the same";
/** Of findSpikes, which looks at every bar where it does not see at once that none can stand alone. */
const STEADY = "fewer are seen at once to be steady: the others are looked at, with the same result";
const BORDER_OF_LOGS = "no logarithm of two prices lies exactly on the limit";
const NULL_TOGETHER = "they are null together: where nothing has weight";
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
  {
    path: "shared/news/lexicon/compareFigures.ts",
    code: "1.2 * turned",
    original: "*",
    reason: TURNS,
  },
  {
    path: "shared/news/lexicon/compareFigures.ts",
    code: "noun.effect.polarity * change",
    original: "*",
    reason: TURNS,
  },
  {
    path: "shared/news/lexicon/compareFigures.ts",
    code: "${value > 0 ?",
    original: ">",
    reason: "a change of 0 has been answered above, and so has a noun of no polarity",
  },
  {
    path: "shared/news/lexicon/compareFigures.ts",
    code: "item.at < at && at - item.at",
    original: "<",
    reason: "at the figure itself the distance is 0",
  },
  {
    path: "shared/news/lexicon/compareFigures.ts",
    code: "item.at < at && isMetric(item)",
    original: "<",
    reason: "a figure is no noun",
  },
  {
    path: "shared/news/lexicon/compareFigures.ts",
    code: "item.at > start && item.at < end)",
    original: ">",
    reason: NO_MOVE_THERE,
  },
  {
    path: "shared/news/lexicon/compareFigures.ts",
    code: "item.at > start && item.at < end)",
    original: "<",
    reason: NO_MOVE_THERE,
  },
  {
    path: "shared/news/lexicon/compareFigures.ts",
    code: "item.at > start && item.end <= end)",
    original: ">",
    reason: NO_MOVE_THERE,
  },
  {
    path: "shared/news/lexicon/compareFigures.ts",
    code: "item.effect.direction < 0",
    original: "<",
    reason: TURNS,
  },
  {
    path: "shared/news/lexicon/compareFigures.ts",
    code: "now.value > 0 &&",
    original: ">",
    reason: "0 with its sign turned is 0",
  },
  {
    path: "shared/news/lexicon/mainSubject.ts",
    code: "first.at > metric.at",
    original: ">",
    reason: "in the place of the main subject stands the main subject, which has been answered before",
  },
  {
    path: "shared/news/lexicon/mainSubject.ts",
    code: "at < metric.at; at++",
    original: "<",
    reason: "the currency itself is a name",
  },
  {
    path: "shared/news/lexicon/nounAhead.ts",
    code: "at < end; at++",
    original: "<",
    reason: "one token more: the first of the noun itself, which stops nothing",
  },
  {
    path: "shared/news/lexicon/nounBehind.ts",
    code: "move.at > item.end",
    original: ">",
    reason: "right behind the noun stands a comma, which is no move",
  },
  {
    path: "shared/news/lexicon/priceLevels.ts",
    code: "VALUE * item.effect.direction",
    original: "*",
    reason: TURNS,
  },
  {
    path: "shared/news/lexicon/readWithLexicon.ts",
    code: "if (value > 0) positive",
    original: ">",
    reason: "0 adds nothing to either side",
  },
  {
    path: "shared/news/lexicon/readWithLexicon.ts",
    code: "(p > 0 ?",
    original: ">",
    reason: "of a logit of bounded evidence no probability is 0",
  },
  {
    path: "shared/news/lexicon/relativeClauses.ts",
    code: "at < end; at++) if",
    original: "<",
    reason: "the end is what is returned either way",
  },
  {
    path: "shared/news/lexicon/resolveMoves.ts",
    code: "metric.at < move.at ?",
    original: "<",
    reason: "a noun and a move never stand in the same place",
  },
  {
    path: "shared/news/lexicon/surroundings.ts",
    code: "finding.value > 0",
    original: ">",
    reason: "a finding of 0 is 0 times any factor",
  },
  {
    path: "shared/news/lexicon/surroundings.ts",
    code: "at < end; at++",
    original: "<",
    reason: FINDING_IS_WORDS,
  },
  {
    path: "shared/news/lexicon/surroundings.ts",
    code: "index < at; index++",
    original: "<",
    reason: FINDING_IS_WORDS,
  },
  {
    path: "shared/news/lexicon/trendPhases.ts",
    code: "let at = start; at < end; at++",
    original: "<",
    reason: "the end mark of a sentence begins no movement",
  },
  {
    path: "shared/news/lexicon/trendPhases.ts",
    code: "trend.value * verb.sign",
    original: "*",
    reason: TURNS,
  },
  {
    path: "shared/news/lexicon/trendPhases.ts",
    code: "verb.sign < 0",
    original: "<",
    reason: TURNS,
  },
  {
    path: "shared/news/lexicon/trendPhases.ts",
    code: "phase.value.behind > 0 ?",
    original: ">",
    reason: "a phase of 0 has been passed over two lines above",
  },
  {
    path: "shared/news/lexicon/trendPhases.ts",
    code: "next + after.length <= end",
    original: "+",
    reason: "a phrase ends before the end mark of its sentence",
  },
  {
    path: "shared/news/lexicon/trendPhases.ts",
    code: "verb.at < noun.at ?",
    original: "<",
    reason: "a verb and a noun never stand in the same place",
  },
  {
    path: "shared/news/lexicon/trendPhases.ts",
    code: "item.at > first && item.at < noun.at",
    original: ">",
    reason: "the items of verb and noun go in any case",
  },
  {
    path: "shared/news/lexicon/trendPhases.ts",
    code: "item.at > first && item.at < noun.at",
    original: "<",
    reason: "the items of verb and noun go in any case",
  },
  {
    path: "shared/features/adx.ts",
    code: "i < dx.length",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/features/adx.ts",
    code: "i < plus.length",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/features/adx.ts",
    code: "one_way > 0 ? one_way",
    original: ">",
    reason: "a move of 0 counts as 0 either way",
  },
  {
    path: "shared/features/buildRows.ts",
    code: "to - from > FEW_ROWS ?",
    original: "-",
    reason: BOTH_WAYS,
  },
  {
    path: "shared/features/buildRows.ts",
    code: "to - from > FEW_ROWS ?",
    original: ">",
    reason: BOTH_WAYS,
  },
  {
    path: "shared/features/buildRows.ts",
    code: "to - from > FEW_ROWS ?",
    original: "to - from > FEW_ROWS",
    reason: BOTH_WAYS,
  },
  {
    path: "shared/features/columns/eachBar.ts",
    code: "i < length",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/features/columns/lanes.ts",
    code: "memory - 1);",
    original: "-",
    reason: "written over where a series has these bars",
  },
  {
    path: "shared/features/columns/lanes.ts",
    code: "bar < length",
    original: "<",
    reason: "one walk more, whose values are cut off",
  },
  {
    path: "shared/features/columns/rolling.ts",
    code: "bars - 1);",
    original: "-",
    reason: "written over where a series has these bars",
  },
  {
    path: "shared/features/wilder.ts",
    code: "i < values.length",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/features/wilder.ts",
    code: "i < ranges.length",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/features/ewma.ts",
    code: "i < values.length",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/features/stats.ts",
    code: "i < out.length",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/features/defineFeature.ts",
    code: "i < kept.length",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/features/defineFeature.ts",
    code: "i < first && i < values.length",
    original: "<",
    reason: FALLS_THROUGH,
  },
  {
    path: "shared/features/defineFeature.ts",
    code: "for (let i = first; i < values.length",
    original: "<",
    reason: NO_ROW_THERE,
  },
  {
    path: "shared/features/news/newsWindow.ts",
    code: "i < this.length",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/features/pointInTimeJoin.ts",
    code: "at < as_of; at += DAY",
    original: "<",
    reason: "a span of nothing is open for nothing",
  },
  {
    path: "shared/features/pointInTimeJoin.ts",
    code: "key(items[i - 1]!) <= key(item)",
    original: "<=",
    reason: FALLS_THROUGH,
  },
  {
    path: "shared/models/parity.ts",
    code: "row < expected.length",
    original: "<",
    reason: "behind the end both are NaN, which agree",
  },
  {
    path: "shared/models/float32Exp.ts",
    code: "i < powers.length",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/models/packModel.ts",
    code: "words[word + FEATURE_WORD]",
    original: "+",
    reason: "FEATURE_WORD is 0",
  },
  {
    path: "shared/models/treeEnsemble.ts",
    code: "words[node + FEATURE_WORD]",
    original: "+",
    reason: "FEATURE_WORD is 0",
  },
  {
    path: "shared/news/currencyDirection.ts",
    code: "subjects.length > 0",
    original: ">",
    reason: "of no subjects nothing is added",
  },
  {
    path: "shared/news/currencySubjects.ts",
    code: "at >= start && at < end && (entity",
    original: "<",
    reason: "the end mark of a sentence is no currency",
  },
  {
    path: "shared/news/currencySubjects.ts",
    code: "at > finding.end && at - finding.end",
    original: ">",
    reason: "what touches the finding has been answered as its object",
  },
  {
    path: "shared/news/currencySubjects.ts",
    code: "mention.at > end &&",
    original: ">",
    reason: "where a currency begins stands no preposition",
  },
  {
    path: "shared/news/currencySubjects.ts",
    code: "at < end; at++",
    original: "<",
    reason: FINDING_IS_WORDS,
  },
  {
    path: "shared/news/currencySubjects.ts",
    code: "mention.at > subject.at",
    original: ">",
    reason: "two mentions never stand in the same place",
  },
  {
    path: "shared/news/currencySubjects.ts",
    code: "pair_at > at",
    original: ">",
    reason: "two mentions never stand in the same place",
  },
  {
    path: "shared/bronze/clockShift.ts",
    code: "best.hours < 0 ?",
    original: "<",
    reason: "no clock that is tried is 0 hours away",
  },
  {
    path: "shared/bronze/clockShift.ts",
    code: "% SLOTS) + SLOTS)",
    original: "+",
    reason: "the same hour of the week before, which is as far from any change of clocks",
  },
  {
    path: "shared/bronze/findSpikes.ts",
    code: "start < first), known.filter",
    original: "<",
    reason: STEADY,
  },
  {
    path: "shared/bronze/findSpikes.ts",
    code: "start > last)]",
    original: ">",
    reason: STEADY,
  },
  {
    path: "shared/bronze/findSpikes.ts",
    code: "before.length + behind.length < known.length",
    original: "+",
    reason: STEADY,
  },
  {
    path: "shared/bronze/findSpikes.ts",
    code: "before.length + behind.length < known.length",
    original: "<",
    reason: STEADY,
  },
  {
    path: "shared/bronze/findSpikes.ts",
    code: "bar.start > before.start &&",
    original: ">",
    reason: "bars of one start are as near to each other as neighbours are",
  },
  {
    path: "shared/bronze/findSpikes.ts",
    code: "if (bid === null && ask === null) return true;",
    original: "true",
    reason: STEADY,
  },
  {
    path: "shared/news/feeds/articleIdentity.ts",
    code: "at < 0 ?",
    original: "<",
    reason: "what begins with # is no address of the web",
  },
  {
    path: "shared/bronze/findSpikes.ts",
    code: "Math.abs(price / of - 1) < part",
    original: "<",
    reason: STEADY,
  },
  {
    path: "shared/bronze/findSpikes.ts",
    code: "Math.abs(price / of - 1) < part",
    original: "-",
    reason: STEADY,
  },
  {
    path: "shared/bronze/findSpikes.ts",
    code: "other <= at + SPIKE_NEIGHBOURS",
    original: "<=",
    reason: "where only the third neighbour is far, too few are far for a refusal",
  },
  {
    path: "shared/bronze/findSpikes.ts",
    code: "other !== at && isFar(own",
    original: "&&",
    reason: STEADY,
  },
  {
    path: "shared/bronze/findSpikes.ts",
    code: "return false;\n  }\n  return true;",
    original: "true",
    reason: STEADY,
  },
  {
    path: "shared/bronze/findSpikes.ts",
    code: "at + step",
    original: "+",
    reason: "the sides change places",
  },
  {
    path: "shared/bronze/findSpikes.ts",
    code: "own.h - close > LENIENT * limit || close - own.l > LENIENT",
    original: ">",
    reason: BORDER_OF_LOGS,
  },
  {
    path: "shared/bronze/findSpikes.ts",
    code: "/ mid[name])) > guard",
    original: ">",
    reason: BORDER_OF_LOGS,
  },
  {
    path: "shared/bronze/findSpikes.ts",
    code: "/ mid[name] - 1) < Math.min",
    original: "-",
    reason: FALLS_THROUGH,
  },
  {
    path: "shared/bronze/findSpikes.ts",
    code: "/ mid[name] - 1) < Math.min",
    original: "<",
    reason: FALLS_THROUGH,
  },
  {
    path: "shared/bronze/findWrongSpacing.ts",
    code: "i < starts.length",
    original: "<",
    reason: NO_ROW_THERE,
  },
  {
    path: "shared/bronze/findWrongSpacing.ts",
    code: "starts[i]! - starts[i - 1]!",
    original: "-",
    reason: FALLS_THROUGH,
  },
  {
    path: "shared/bronze/findWrongSpacing.ts",
    code: "even += 1",
    original: "+=",
    reason: FALLS_THROUGH,
  },
  {
    path: "shared/bronze/findWrongSpacing.ts",
    code: "starts.length - 1;",
    original: "-",
    reason: FALLS_THROUGH,
  },
  {
    path: "shared/bronze/findWrongSpacing.ts",
    code: "start - sorted[i]!",
    original: "-",
    reason: FALLS_THROUGH,
  },
  {
    path: "shared/mlflow/filter/tokenize.ts",
    code: "at < text.length &&",
    original: "<",
    reason: "no white space stands behind the end",
  },
  {
    path: "shared/mlflow/sampleSteps.ts",
    code: "all.length <= at_most",
    original: "<=",
    reason: "of as many as are wanted every one is taken",
  },
  {
    path: "shared/monitoring/breakEven.ts",
    code: "i < length",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/monitoring/forecast.ts",
    code: "- bar_ms) < 0",
    original: "<",
    reason: "the first bar of a series decides no label",
  },
  {
    path: "shared/features/news/newsSignal.ts",
    code: "strength === null || agreed === null || hawkish === null || dovish === null",
    original: "||",
    reason: NULL_TOGETHER,
  },
  {
    path: "shared/features/news/newsSignal.ts",
    code: "strength === null || quality === null",
    original: "||",
    reason: NULL_TOGETHER,
  },
  {
    path: "shared/features/news/newsSentiment.ts",
    code: "up === null || down === null",
    original: "||",
    reason: NULL_TOGETHER,
  },
  {
    path: "shared/features/news/newsSeries.ts",
    code: "index < 0",
    original: "<",
    reason: "the first article has none above it",
  },
  {
    path: "shared/features/featureView.ts",
    code: "(to - from) * width",
    original: "-",
    reason: "room behind the rows, which nobody reads",
  },
  {
    path: "shared/features/featureView.ts",
    code: "t < to; t++",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/features/macd.ts",
    code: "i < fast.length",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/features/usdBasket.ts",
    code: "t < length; t++",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/features/yangZhang.ts",
    code: "i < BARS; i++",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/features/deseasonalisedVol.ts",
    code: "t < length; t++",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/monitoring/referenceProfile.ts",
    code: "while (start > 0 &&",
    original: ">",
    reason: NO_ROW_THERE,
  },
  {
    path: "shared/labels/direction.ts",
    code: "decided_by < 0 ?",
    original: "<",
    reason: "the first bar of a series decides no label",
  },
  {
    path: "shared/models/modelSeal.ts",
    code: 'typeof card === "object" && card !== null && !Array.isArray(card)',
    original: "&&",
    reason: "what is no card is refused by its fields all the same",
  },
  {
    path: "shared/validation/directionByFeature.ts",
    code: "value >= edge ? bin + 1 : bin",
    original: "value >= edge",
    reason: "the tenths are counted from above, and are the same",
  },
  {
    path: "shared/validation/directionByFeature.ts",
    code: "BINS - 1 },",
    original: "-",
    reason: "what lies behind the last value is no edge",
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
    path: "shared/calibration/calibrator.ts",
    code: "if (!(x > xs[low]!))",
    original: ">",
    reason: BORDER_OF_REALS,
  },
  {
    path: "shared/calibration/calibrator.ts",
    code: "if (x >= xs[high]!)",
    original: ">=",
    reason: BORDER_OF_REALS,
  },
  {
    path: "shared/calibration/calibrator.ts",
    code: "if (xs[middle]! <= x)",
    original: "<=",
    reason: BORDER_OF_REALS,
  },
  {
    path: "shared/calibration/fitPlatt.ts",
    code: "(rows.positives + 1) / (rows.negatives + 1)",
    original: "/",
    reason: "where the search begins: the loss is convex, and has one lowest point, wherever it is looked for from",
  },
  {
    path: "shared/calibration/fitPlatt.ts",
    code: "step < MAX_STEPS",
    original: "<",
    reason: "one step more, of a search that has ended long before",
  },
  {
    path: "shared/calibration/fitPlatt.ts",
    code: "halving < MAX_HALVINGS",
    original: "<",
    reason: "one halving more, of a step that forty have made too small to lower anything",
  },
  {
    path: "shared/calibration/fitPlatt.ts",
    code: "<= TOLERANCE * rows.margins.length",
    original: "<=",
    reason: "no gradient is exactly the tolerance",
  },
  {
    path: "shared/calibration/fitPlatt.ts",
    code: "<= TOLERANCE * rows.margins.length",
    original: "*",
    reason: "the search ends later, and no later than where no step lowers the loss: the weights are the same within the last digits",
  },
  {
    path: "shared/calibration/fitPlatt.ts",
    code: "if (reached < loss)",
    original: "<",
    reason: "a step to a loss that is the same to the last digit: the two are as good as each other",
  },
  {
    path: "shared/onnx/onnxOfTrees.ts",
    code: "words[word + FEATURE_WORD]",
    original: "+",
    reason: "FEATURE_WORD is 0",
  },
  {
    path: "shared/onnx/protobufWriter.ts",
    code: "(rest % 128) + 128",
    original: "+",
    reason: "128 more and 128 less are the same byte",
  },
  {
    path: "shared/validation/walkForward.ts",
    code: "if (row > 0 && event_time",
    original: ">",
    reason: "no time is before one that is not there",
  },
  {
    path: "shared/validation/calibrationCheck.ts",
    code: "i < blocks; i++",
    original: "<",
    reason: "one number more is drawn, and written behind the end: the signs are others, and as random",
  },
  {
    path: "shared/validation/calibrationCheck.ts",
    code: "random() < 0.5 ? -1 : 1",
    original: "random() < 0.5",
    reason: "every sign is turned, which changes no size",
  },
  {
    path: "shared/validation/calibrationCheck.ts",
    code: "Math.floor(row / block)]! += y",
    original: "+=",
    reason: "every sum is turned, which changes no size",
  },
  {
    path: "shared/validation/calibrationCheck.ts",
    code: "gap += signs[i]!",
    original: "+=",
    reason: "the gap is turned, which changes no size",
  },
  {
    path: "shared/validation/calibrationCheck.ts",
    code: "signs[i]! * sums",
    original: "*",
    reason: TURNS,
  },
  {
    path: "shared/validation/logistic/choleskySolver.ts",
    code: "for (let i = 0; i < size; i++)",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/validation/logistic/choleskySolver.ts",
    code: "let i = size - 1; i >= 0",
    original: "-",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/validation/logistic/choleskySolver.ts",
    code: "k < column; k++",
    original: "<",
    reason: "the entry that is being computed is still 0",
  },
  {
    path: "shared/validation/logistic/fitLogistic.ts",
    code: "step < MOST_STEPS",
    original: "<",
    reason: "one step more, of a search that has ended long before",
  },
  {
    path: "shared/validation/logistic/fitLogistic.ts",
    code: "<= TOLERANCE * y.length",
    original: "*",
    reason: "it goes on by some steps more, which change nothing but the last digits",
  },
  {
    path: "shared/validation/logistic/fitLogistic.ts",
    code: "j < width; j++) weights[j]",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/validation/logistic/fitLogistic.ts",
    code: "j < width; j++) out[j]",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/validation/logistic/fitLogistic.ts",
    code: "for (let i = 0; i < width; i++)",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/validation/logistic/fitLogistic.ts",
    code: "for (let i = 1; i < width; i++)",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/validation/logistic/standardise.ts",
    code: "new Float64Array(end - start);",
    original: "-",
    reason: "room behind the rows, which nobody reads",
  },
  {
    path: "shared/validation/rebuild/sampleRows.ts",
    code: "row < event_time.length",
    original: "<",
    reason: NO_ROW_THERE,
  },
  {
    path: "shared/news/text/phraseTrie.ts",
    code: "if (node.word === null)",
    original: "===",
    reason: "a word behind a node goes among its others, where it is found as well",
  },
  {
    path: "shared/news/text/phraseTrie.ts",
    code: "if (first === undefined) words.set",
    original: "===",
    reason: "words of the same letters are the same, each in a place of its own or not",
  },
  {
    path: "shared/news/text/figureValue.ts",
    code: "* (isMinus(",
    original: "*",
    reason: TURNS,
  },
  {
    path: "shared/metrics/classScores.ts",
    code: "row < codes.length",
    original: "<",
    reason: NO_ROW_THERE,
  },
  {
    path: "shared/bronze/findWrongSpacing.ts",
    code: "Math.floor((i * pairs) / wanted)",
    original: "floor",
    reason: "the pair behind that one: as evenly spread",
  },
  {
    path: "shared/domain/plainText.ts",
    code: "point < 0 && at > from",
    original: "<",
    reason: "a point is never the first character, so that its place is above 0",
  },
  {
    path: "shared/domain/plainText.ts",
    code: "(point < 0 ? 0 : 1)",
    original: "<",
    reason: "a point is never the first character, so that its place is above 0",
  },
  {
    path: "shared/domain/plainText.ts",
    code: "(point < 0 ? to : point)",
    original: "<",
    reason: "a point is never the first character, so that its place is above 0",
  },
  {
    path: "shared/domain/plainText.ts",
    code: "return point < 0 ?",
    original: "<",
    reason: "a point is never the first character, so that its place is above 0",
  },
  {
    path: "shared/domain/labelUniqueness.ts",
    code: "label < from.length",
    original: "<",
    reason: NO_ROW_THERE,
  },
  {
    path: "shared/domain/labelUniqueness.ts",
    code: "until[label]! <= from[label]!",
    original: "<=",
    reason: "one that ends where it begins is counted and taken back at the same cut",
  },
  {
    path: "shared/domain/labelUniqueness.ts",
    code: "piece + 1 < cuts",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/domain/labelUniqueness.ts",
    code: "piece + 1 < cuts",
    original: "+",
    reason: BEHIND_THE_END,
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
