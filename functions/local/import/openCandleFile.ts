import { createReadStream } from "node:fs";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { CandleFile } from "./findCandleFiles.ts";

export interface OpenCandleFile {
  /** The text as bytes, unpacked. */
  readonly content: Readable;
  /** Bytes of the file read so far, compressed where it is. */
  bytesRead(): number;
  close(): void;
}

export function openCandleFile(file: CandleFile): OpenCandleFile {
  const disk = createReadStream(file.path, { highWaterMark: 256 * 1024 });
  // pipeline hands an error of either stream to the last one, where the reader meets it; the callback has nothing to add.
  const content = file.is_gzip ? pipeline(disk, createGunzip(), () => undefined) : disk;
  return { content, bytesRead: () => disk.bytesRead, close: () => disk.destroy() };
}
