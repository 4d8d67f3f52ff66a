import type { Equivalent } from "./equivalent.ts";
import { FALLS_THROUGH } from "./reasons.ts";

export const DAG: readonly Equivalent[] = [
  {
    path: "shared/dag/dagGraph.ts",
    code: "while (rest.length > 0)",
    original: ">",
    reason: FALLS_THROUGH,
  },
];
