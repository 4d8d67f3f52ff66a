/**
 * The program of a Worker that does nothing but answer with one ONNX model: JavaScript as the runtime takes it, of which onnxruntime's own
 * module, its WebAssembly and the model stand beside. POST of little-endian float32, row by row: the probabilities of a rise, as many
 * float32. A refusal is text with 422.
 *
 * workerd compiles WebAssembly from modules alone: onnxruntime is told of a byte, and given the module in its place.
 */
export const ONNX_PROGRAM = `
import * as ort from "./ort.js";
import library from "./ort.wasm";
import model from "./model.onnx";

const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = (source, imports) =>
  source.byteLength === 1 ? instantiate(library, imports).then((instance) => ({ instance, module: library })) : instantiate(source, imports);
ort.env.wasm.numThreads = 1;
ort.env.wasm.wasmBinary = new Uint8Array(1);

let opening;

async function open(width) {
  const session = await ort.InferenceSession.create(new Uint8Array(model));
  const [input, ...more] = session.inputMetadata;
  if (more.length > 0 || !input.isTensor || input.type !== "float32") throw new Error("it does not take one tensor of float32");
  if (typeof input.shape.at(-1) === "number" && input.shape.at(-1) !== width)
    throw new Error("it takes " + input.shape.at(-1) + " inputs, its signature has " + width);
  const floats = session.outputMetadata.filter((output) => output.isTensor && output.type === "float32");
  const output = floats.find((one) => /prob/i.test(one.name)) ?? floats[0];
  if (output === undefined) throw new Error("it gives no tensor of probabilities: convert it without a ZipMap (zipmap=False)");
  return { session, input: input.name, output: output.name };
}

async function answer(matrix, width) {
  opening ??= open(width);
  const { session, input, output } = await opening;
  const rows = matrix.length / width;
  const { [output]: found } = await session.run({ [input]: new ort.Tensor("float32", matrix, [rows, width]) }, [output]);
  const columns = found.data.length / rows;
  if (columns !== 1 && columns !== 2) throw new Error("it gives " + columns + " numbers a row; one probability, or those of two classes, are served");
  return Float32Array.from({ length: rows }, (_, row) => found.data[(row + 1) * columns - 1]);
}

export default {
  async fetch(request) {
    try {
      const width = Number(new URL(request.url).searchParams.get("width"));
      const probabilities = await answer(new Float32Array(await request.arrayBuffer()), width);
      return new Response(probabilities.buffer);
    } catch (error) {
      return new Response(error.message, { status: 422 });
    }
  },
};
`;
