import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { makeFolders } from "../stack/makeFolders.ts";

/** Size and SHA-256 of the bytes of a file. */
export interface HashedBytes {
  readonly bytes: number;
  readonly sha256: string;
}

const CHUNK_BYTES = 1_048_576;

/** Copies a file, making the folders above it, and returns what was copied when it stands on the disk. There must be none of that name. */
export async function copyHashed(from: string, to: string): Promise<HashedBytes> {
  makeFolders(dirname(to));
  const source = await open(from, "r");
  try {
    const target = await open(to, "wx", 0o600);
    try {
      const hashed = await hashInto(source, (chunk) => writeWholly(target, chunk));
      await target.sync();
      return hashed;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

export async function hashFile(path: string): Promise<HashedBytes> {
  const source = await open(path, "r");
  try {
    return await hashInto(source, async () => undefined);
  } finally {
    await source.close();
  }
}

async function hashInto(source: FileHandle, take: (chunk: Uint8Array) => Promise<void>): Promise<HashedBytes> {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let bytes = 0;
  for (;;) {
    const { bytesRead } = await source.read(buffer, 0, CHUNK_BYTES, null);
    if (bytesRead === 0) return { bytes, sha256: hash.digest("hex") };
    const chunk = buffer.subarray(0, bytesRead);
    hash.update(chunk);
    await take(chunk);
    bytes += bytesRead;
  }
}

async function writeWholly(target: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await target.write(chunk, at)).bytesWritten;
}
