import { createReadStream } from "node:fs";
import { pipeline, type Readable, Transform } from "node:stream";
import { createGunzip } from "node:zlib";

export interface OpenTextFile {
  /** The text as bytes, unpacked. */
  readonly content: Readable;
  /** Bytes of the file read so far, compressed where it is. */
  bytesRead(): number;
  close(): void;
}

/**
 * Text of candles or news shrinks to a tenth, sometimes a fiftieth; gzip can make a thousandth of nothing at all. A file that unpacks to
 * more than this is no data, and reading it to its end would take hours.
 */
const MAX_RATIO = 200;
/** Below this nobody waits long, whatever it was packed to. */
const FREE_BYTES = 32 * 1024 * 1024;

/** Read at once: some thousand lines. */
const PIECE_BYTES = 256 * 1024;

/** Opens a file of text, unpacking it when it is gzip. */
export function openTextFile(path: string, is_gzip: boolean): OpenTextFile {
  const disk = createReadStream(path, { highWaterMark: PIECE_BYTES });
  // pipeline hands an error of any stream to the last one, where the reader meets it; the callback has nothing to add.
  const content = is_gzip
    ? pipeline(
        disk,
        createGunzip({ chunkSize: PIECE_BYTES }),
        limitRatio(() => disk.bytesRead),
        () => undefined,
      )
    : disk;
  return { content, bytesRead: () => disk.bytesRead, close: () => disk.destroy() };
}

/** What went wrong while such a file was read, in words. */
export function readProblem(cause: unknown, is_gzip: boolean): string {
  const why = cause instanceof Error ? cause.message : String(cause);
  const is_damaged = is_gzip && String((cause as NodeJS.ErrnoException).code ?? "").startsWith("Z_");
  return is_damaged ? `the gzip data is cut off or damaged: ${why}` : why;
}

/** Passes bytes on until they are too many for what they were unpacked from. */
function limitRatio(packedBytes: () => number): Transform {
  let unpacked = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      unpacked += chunk.byteLength;
      if (unpacked <= FREE_BYTES || unpacked <= MAX_RATIO * packedBytes()) done(null, chunk);
      else
        done(new Error(`it unpacks to more than ${MAX_RATIO} times its size, which no file of data does: a gzip bomb, or the wrong file`));
    },
  });
}
