import { crc32 } from "node:zlib";

/** A frame of the journal's file: length and CRC-32 of the batch, each a little-endian uint32, and the batch. */
export const HEAD_BYTES = 8;

export function toFrame(batch: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(HEAD_BYTES + batch.length);
  frame.writeUInt32LE(batch.length, 0);
  frame.writeUInt32LE(crc32(batch), 4);
  frame.set(batch, HEAD_BYTES);
  return frame;
}

export interface Frames {
  readonly batches: readonly Uint8Array[];
  /** Bytes of the whole frames; what follows is not whole. */
  readonly bytes: number;
}

/** The whole frames at the begin of `bytes`. A frame that was cut off, or is not what was written, ends them. */
export function readFrames(bytes: Buffer): Frames {
  const batches: Uint8Array[] = [];
  let at = 0;
  while (at + HEAD_BYTES < bytes.length) {
    const length = bytes.readUInt32LE(at);
    const end = at + HEAD_BYTES + length;
    if (length === 0 || end > bytes.length) break;
    const batch = bytes.subarray(at + HEAD_BYTES, end);
    if (crc32(batch) !== bytes.readUInt32LE(at + 4)) break;
    batches.push(batch);
    at = end;
  }
  return { batches, bytes: at };
}

/** Length of the first frame, also when less of it is there; 0 when not even its head is. */
export function frameLength(bytes: Buffer): number {
  return bytes.length < HEAD_BYTES ? 0 : HEAD_BYTES + bytes.readUInt32LE(0);
}
