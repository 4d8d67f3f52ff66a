import koffi from "koffi";

/** Copies native memory into JavaScript's: XGBoost reuses its buffers at the next call, so a view would change underfoot. */
export function copyNative(pointer: bigint, bytes: number): ArrayBuffer {
  return koffi.view(pointer, bytes).slice(0);
}

export function copyFloats(pointer: bigint, count: number): Float32Array {
  return new Float32Array(copyNative(pointer, count * Float32Array.BYTES_PER_ELEMENT));
}

/** An array of C strings. */
export function copyTexts(pointer: bigint, count: number): string[] {
  return koffi.decode(pointer, "char *", count) as string[];
}
