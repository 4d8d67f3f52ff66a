import * as ort from "onnxruntime-web/wasm";
import { counted } from "../../shared/domain/counted.ts";
import type { OnnxQuestion, OnnxReply } from "./onnxMessages.ts";

/**
 * Entry of a process that answers one question by onnxruntime and ends: what its WebAssembly has once taken it never gives back. Its half
 * second of work has no lower priority, unlike training: somebody waits for the answer, and on a busy machine it would come too late.
 */
process.on("disconnect", () => process.exit(0));
process.on("message", (question: OnnxQuestion) => {
  answer(question).then(reply, (error: unknown) => reply({ refused: error instanceof Error ? error.message : String(error) }));
});

async function answer({ model, matrix, width, output }: OnnxQuestion): Promise<OnnxReply> {
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(model);
  const [input, ...more] = session.inputNames;
  if (input === undefined || more.length > 0)
    return { refused: `it takes ${counted(session.inputNames.length, "input")}, and one is given` };
  if (!session.outputNames.includes(output)) return { refused: `it has no output "${output}", but ${session.outputNames.join(", ")}` };
  const rows = new ort.Tensor("float32", matrix, [matrix.length / width, width]);
  const { [output]: found } = await session.run({ [input]: rows }, [output]);
  return found?.data instanceof Float32Array ? { values: found.data } : { refused: `its output "${output}" is no tensor of float32` };
}

/** A send fails only when the sidecar is gone. */
function reply(message: OnnxReply): void {
  process.send?.(message, undefined, undefined, () => process.disconnect?.());
}
