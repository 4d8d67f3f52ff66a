/** What the process is asked, once. */
export interface OnnxQuestion {
  readonly model: Uint8Array;
  readonly matrix: Float32Array;
  readonly width: number;
  readonly output: string;
}

/** `refused`: why the runtime does not take the file, or these rows. */
export type OnnxReply = { readonly values: Float32Array } | { readonly refused: string };
