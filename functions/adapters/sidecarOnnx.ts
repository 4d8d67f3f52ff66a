import { fromUint8Array } from "js-base64";
import { answerOnnx } from "../../shared/contracts/onnxAnswers.ts";
import { requestOf } from "../../shared/contracts/route/requestOf.ts";
import { ONNX_PROBABILITIES } from "../../shared/onnx/onnxOfTrees.ts";
import type { OnnxPeer } from "../../shared/ports/onnxPeer.ts";
import { type SidecarOptions, sendJson } from "./sidecarRequest.ts";

/**
 * onnxruntime in a process of the sidecar that ends with its answer. In a Worker of its own, as a model of somebody else is served, it would stay:
 * one for every model that is ever checked.
 */
export function createSidecarOnnx(options: SidecarOptions): OnnxPeer {
  return {
    async probabilities(model, matrix, width) {
      const rows = new Uint8Array(matrix.buffer, matrix.byteOffset, matrix.byteLength);
      const body = { model: fromUint8Array(model), rows: fromUint8Array(rows), width, output: ONNX_PROBABILITIES };
      const { values } = await sendJson(options, requestOf(answerOnnx, { body }), answerOnnx.answers[200]);
      // Two a row: of no rise, and of a rise.
      return Float32Array.from({ length: values.length / 2 }, (_value, row) => values[2 * row + 1] ?? Number.NaN);
    },
  };
}
