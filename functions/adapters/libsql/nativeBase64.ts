import { Buffer } from "node:buffer";
import { Base64 } from "js-base64";

/**
 * The client of libSQL carries blobs in JSON as base64, by js-base64, which walks each text twice by regular expressions: 9 ms for
 * a megabyte and a half, where the runtime's own decoder takes less than 1. The rows of features are blobs. Its object is the one that the
 * client calls, so that this holds for every call that follows.
 */
export function useNativeBase64(): void {
  Base64.toUint8Array = (text) => {
    const bytes = Buffer.from(text, "base64");
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
  const urlSafe = Base64.fromUint8Array;
  Base64.fromUint8Array = (bytes, is_urlsafe) =>
    is_urlsafe ? urlSafe(bytes, true) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
