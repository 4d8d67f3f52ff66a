import type { Equivalent } from "./equivalent.ts";
import { BEHIND_THE_END } from "./reasons.ts";

export const MODELS: readonly Equivalent[] = [
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
    path: "shared/models/float32Exp.ts",
    code: "i = -LOWEST_EXPONENT - 1",
    original: "-",
    reason: "two powers more are halved from the ones above them, which gives what they are",
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
    path: "shared/models/modelSeal.ts",
    code: 'typeof card === "object" && card !== null && !Array.isArray(card)',
    original: "&&",
    reason: "what is no card is refused by its fields all the same",
  },
];
