import type { Equivalent } from "./equivalent.ts";

export const ONNX: readonly Equivalent[] = [
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
];
