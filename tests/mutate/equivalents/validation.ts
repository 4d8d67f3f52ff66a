import type { Equivalent } from "./equivalent.ts";
import { BEHIND_THE_END, BORDER_OF_REALS, NO_ROW_THERE, TURNS } from "./reasons.ts";

export const VALIDATION: readonly Equivalent[] = [
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
    path: "shared/validation/importanceCheck.ts",
    code: "<= SUM_TOLERANCE",
    original: "<=",
    reason: "no double near 1 lies exactly the tolerance away from it",
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
];
