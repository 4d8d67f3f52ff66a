import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { KnownHash } from "./modelMessages.ts";

const CHUNK_BYTES = 4 * 1024 * 1024;

/** SHA-256 of a whole file. Reading it all costs little beside loading the model, and leaves it in the system's cache for that. */
export async function hashFile(path: string, known: readonly KnownHash[]): Promise<KnownHash> {
  const { size: bytes, mtimeMs: modified_ms } = await stat(path);
  const earlier = known.find((entry) => entry.path === path && entry.bytes === bytes && entry.modified_ms === modified_ms);
  if (earlier !== undefined) return earlier;
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) hash.update(chunk as Buffer);
  return { path, bytes, modified_ms, sha256: hash.digest("hex") };
}
