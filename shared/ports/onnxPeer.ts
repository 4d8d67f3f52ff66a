/** Another program than serving's own evaluator, which runs an ONNX file as its users do. */
export interface OnnxPeer {
  /**
   * The probabilities of a rise that the file says of a row-major matrix, NaN for missing. Throws invalid_request where the runtime does not take
   * the file, sidecar_unavailable where there is nobody to ask.
   */
  probabilities(model: Uint8Array, matrix: Float32Array, width: number): Promise<Float32Array>;
}
