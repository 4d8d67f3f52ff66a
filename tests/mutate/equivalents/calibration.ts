import type { Equivalent } from "./equivalent.ts";
import { BORDER_OF_REALS } from "./reasons.ts";

export const CALIBRATION: readonly Equivalent[] = [
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
];
