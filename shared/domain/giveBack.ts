/**
 * Frees the memory of buffers that nobody reads any more, now: V8 lets tens of megabytes of dead ArrayBuffers stand before it looks for
 * them, in an isolate that ends at 128. Arrays on them are empty afterwards. An array that is only a part of its buffer, which may belong to
 * others, is left to the collector; a buffer is freed whatever lies on it.
 */
export function giveBack(...given: readonly (ArrayBuffer | ArrayBufferView)[]): void {
  for (const one of given) {
    const buffer = ArrayBuffer.isView(one) ? one.buffer : one;
    if (buffer instanceof ArrayBuffer && buffer.byteLength > 0 && one.byteLength === buffer.byteLength) buffer.transfer(0);
  }
}
