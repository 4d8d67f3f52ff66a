/** A model in ONNX's format, ready to answer. */
export interface OnnxModel {
  /** Probabilities of a rise of rows of a row-major matrix, NaN for missing. */
  ask(matrix: Float32Array): Promise<Float32Array>;
}

/** What runs ONNX. It is started for the first model that needs it, and not before. */
export interface OnnxRuntime {
  /** Has what it consists of put where every Worker finds it. Throws sidecar_unavailable. */
  install(): Promise<void>;
  /**
   * `key` names the bytes. Throws invalid_model where they are no model of one input of `width` float32 and a probability.
   */
  open(key: string, model: Uint8Array, width: number): Promise<OnnxModel>;
}
