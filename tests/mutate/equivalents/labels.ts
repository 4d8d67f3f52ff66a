import type { Equivalent } from "./equivalent.ts";

export const LABELS: readonly Equivalent[] = [
  {
    path: "shared/labels/direction.ts",
    code: "decided_by < 0 ?",
    original: "<",
    reason: "the first bar of a series decides no label",
  },
];
