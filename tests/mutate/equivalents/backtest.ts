import type { Equivalent } from "./equivalent.ts";
import { BEHIND_THE_END } from "./reasons.ts";

export const BACKTEST: readonly Equivalent[] = [
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
];
