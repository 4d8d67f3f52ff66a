import { expect, it } from "vitest";
import { readableError } from "../../../gpu-sidecar/xgboost/checkCall.ts";

it.for([
  [
    "[12:00:01] /workspace/src/data/data.cc:1175: Check failed: valid: Input data contains `inf`\nStack trace:\n  [bt] (0) x",
    "Check failed: valid: Input data contains `inf`",
  ],
  ["plain words", "plain words"],
] as const)("keeps the sentence of %s", ([text, sentence]) => expect(readableError(text)).toBe(sentence));
