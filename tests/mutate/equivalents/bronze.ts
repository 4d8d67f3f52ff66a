import type { Equivalent } from "./equivalent.ts";
import { BORDER_OF_LOGS, FALLS_THROUGH, NO_ROW_THERE, STEADY } from "./reasons.ts";

export const BRONZE: readonly Equivalent[] = [
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
    path: "shared/bronze/findWrongSpacing.ts",
    code: "Math.floor((i * pairs) / wanted)",
    original: "floor",
    reason: "the pair behind that one: as evenly spread",
  },
];
