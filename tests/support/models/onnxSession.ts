import * as ort from "onnxruntime-web/wasm";

ort.env.wasm.numThreads = 1;

export interface OnnxAnswer {
  readonly labels: readonly number[];
  /** Of a rise. */
  readonly probabilities: Float32Array;
}

/** What onnxruntime says of a row-major matrix, by the names of our own files. */
export async function askOnnx(model: Uint8Array, matrix: Float32Array, width: number): Promise<OnnxAnswer> {
  const session = await ort.InferenceSession.create(model);
  try {
    const features = new ort.Tensor("float32", matrix, [matrix.length / width, width]);
    const { label, probabilities } = await session.run({ features });
    const both = probabilities!.data as Float32Array;
    return {
      labels: Array.from(label!.data as BigInt64Array, Number),
      probabilities: both.filter((_value, index) => index % 2 === 1),
    };
  } finally {
    await session.release();
  }
}
