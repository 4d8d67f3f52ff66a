import type { Equivalent } from "./equivalent.ts";
import { BEHIND_THE_END, NO_ROW_THERE } from "./reasons.ts";

export const MONITORING: readonly Equivalent[] = [
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
    path: "shared/monitoring/referenceProfile.ts",
    code: "while (start > 0 &&",
    original: ">",
    reason: NO_ROW_THERE,
  },
];
