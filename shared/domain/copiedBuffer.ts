/**
 * The bytes alone, in a buffer of their own: numbers read from it begin where they should, at a multiple of eight bytes. Not
 * `bytes.slice().buffer`: a Buffer of Node is a Uint8Array whose slice copies nothing, and its buffer is a pool of other things.
 */
export function copiedBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
