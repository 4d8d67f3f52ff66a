import { sha256Hex } from "../domain/hash.ts";
import type { OnnxRuntime } from "../ports/onnxRuntime.ts";
import { type Explained, explainTrees, UNEXPLAINED_ONNX } from "./explanation.ts";
import type { ModelCard } from "./modelCard.ts";
import { parseTreeEnsemble } from "./parseTreeEnsemble.ts";
import { predictProbability, predictRows } from "./treeEnsemble.ts";

/** A model's file, ready to answer: the probability of a rise that it says, before it is calibrated. */
export interface OpenModel {
  /** Of one row's inputs, in the model's order; of trees at once. */
  readonly score: (inputs: Float32Array) => number | Promise<number>;
  /** Of a row-major matrix. */
  readonly ask: (matrix: Float32Array) => Promise<Float32Array>;
  /** What each input of a row did to what the model says of it. */
  readonly explain: (inputs: Float32Array) => Explained;
}

/** Trees are asked by this project's evaluator, ONNX by its runtime. Throws invalid_model. */
export async function openModel(
  { format, feature_names }: Pick<ModelCard, "format" | "feature_names">,
  model: Uint8Array,
  onnx: OnnxRuntime,
): Promise<OpenModel> {
  if (format === "onnx") {
    const { ask } = await onnx.open(`onnx-${sha256Hex(model)}`, model, feature_names.length);
    return { score: async (inputs) => (await ask(inputs))[0] ?? Number.NaN, ask, explain: () => UNEXPLAINED_ONNX };
  }
  const trees = parseTreeEnsemble(model, feature_names);
  return {
    score: (inputs) => predictProbability(trees, inputs),
    ask: async (matrix) => predictRows(trees, matrix),
    explain: explainTrees(trees),
  };
}
