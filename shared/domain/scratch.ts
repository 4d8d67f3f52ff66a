import { giveBack } from "./giveBack.ts";

/** Buffers that are needed until the next `clear` and no longer. */
export interface Scratch {
  /** @returns the array itself; its whole buffer is the scratch's from now on */
  add<Bytes extends ArrayBufferView | ArrayBuffer>(bytes: Bytes): Bytes;
  clear(): void;
}

export function createScratch(): Scratch {
  const held: ArrayBuffer[] = [];
  return {
    add(bytes) {
      const buffer = ArrayBuffer.isView(bytes) ? bytes.buffer : bytes;
      if (buffer instanceof ArrayBuffer) held.push(buffer);
      return bytes;
    },
    clear: () => giveBack(...held.splice(0)),
  };
}
