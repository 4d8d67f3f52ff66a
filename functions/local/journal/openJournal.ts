import {
  closeSync,
  fdatasyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { countPredictions } from "../../../shared/contracts/predictionBatch.ts";
import { byCount } from "../../../shared/domain/byCount.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { AppError } from "../../../shared/errors.ts";
import { frameLength, HEAD_BYTES, readFrames, toFrame } from "./frames.ts";

export interface JournalOptions {
  readonly folder: string;
  /** Each batch is on the disk before it counts as taken (fdatasync): a power cut then loses none either. */
  readonly sync: boolean;
  say(line: string): void;
  readonly segment_bytes?: number;
}

/** Batches of predictions in files, oldest first: they survive whatever ends the processes. */
export interface Journal {
  /** Returns when the batch stands in the file. Throws store_unavailable, and leaves the file as it was, when it cannot be written. */
  append(batch: Uint8Array): void;
  /** As append, of several with one write. */
  appendAll(batches: readonly Uint8Array[]): void;
  /** The oldest batches, up to about `max_bytes`, but at least one where there is one. */
  peek(max_bytes: number): readonly Uint8Array[];
  /** Forgets the batches that the last peek gave. */
  drop(): void;
  /** Predictions in it. */
  readonly waiting: number;
  close(): void;
}

interface Segment {
  readonly path: string;
  size: number;
}

/** A file that was delivered is removed. While all is delivered as it comes, there is one, and it is emptied each time. */
const SEGMENT_BYTES = 16_000_000;
const NAME = /^(\d{8})\.journal$/;

/** Opens the journal of a store, with what the last run left in it. A last frame that was cut off was never acknowledged: it goes. */
export function openJournal({ folder, sync, say, segment_bytes = SEGMENT_BYTES }: JournalOptions): Journal {
  mkdirSync(folder, { recursive: true });
  const left = readdirSync(folder)
    .filter((name) => NAME.test(name))
    .sort();
  let waiting = 0;
  const segments: Segment[] = left.flatMap((name) => {
    const { segment, predictions } = recover(join(folder, name), say);
    waiting += predictions;
    if (segment.size === 0) rmSync(segment.path, { force: true });
    return segment.size === 0 ? [] : [segment];
  });
  let number = Number(NAME.exec(left.at(-1) ?? "")?.[1] ?? 0);
  let writer = -1;
  let offset = 0;
  let peeked = { bytes: 0, predictions: 0 };

  function startSegment(): Segment {
    if (writer >= 0) closeSync(writer);
    const segment = { path: join(folder, `${String(++number).padStart(8, "0")}.journal`), size: 0 };
    writer = openSync(segment.path, "a");
    segments.push(segment);
    return segment;
  }

  let active = startSegment();

  function appendAll(batches: readonly Uint8Array[]): void {
    if (active.size >= segment_bytes) active = startSegment();
    const frames = batches.length === 1 ? toFrame(batches[0]!) : Buffer.concat(batches.map(toFrame));
    try {
      for (let at = 0; at < frames.length; ) at += writeSync(writer, frames, at);
      if (sync) fdatasyncSync(writer);
    } catch (error) {
      ftruncateSync(writer, active.size);
      throw notWritten(folder, error);
    }
    active.size += frames.length;
    waiting += sumOf(batches);
  }

  return {
    append: (batch) => appendAll([batch]),
    appendAll,
    peek(max_bytes) {
      const segment = segments[0] ?? active;
      const { batches, bytes } = readFrames(readAt(segment, offset, max_bytes));
      peeked = { bytes, predictions: sumOf(batches) };
      return batches;
    },
    drop() {
      offset += peeked.bytes;
      waiting -= peeked.predictions;
      peeked = { bytes: 0, predictions: 0 };
      const [segment] = segments;
      if (segment === undefined || offset < segment.size) return;
      offset = 0;
      if (segment === active) {
        ftruncateSync(writer, 0);
        active.size = 0;
        return;
      }
      rmSync(segment.path, { force: true });
      segments.shift();
    },
    get waiting() {
      return waiting;
    },
    close: () => closeSync(writer),
  };
}

function recover(path: string, say: JournalOptions["say"]): { segment: Segment; predictions: number } {
  const content = readFileSync(path);
  const { batches, bytes } = readFrames(content);
  if (bytes < content.length) {
    say(
      `${path}: the last ${counted(content.length - bytes, "byte")} ${byCount(content.length - bytes, "is no whole batch, and was never acknowledged; it is", "are no whole batch, and were never acknowledged; they are")} cut off`,
    );
    truncateSync(path, bytes);
  }
  return { segment: { path, size: bytes }, predictions: sumOf(batches) };
}

function sumOf(batches: readonly Uint8Array[]): number {
  return batches.reduce((sum, batch) => sum + countPredictions(batch), 0);
}

function readAt(segment: Segment, offset: number, max_bytes: number): Buffer {
  const wanted = Math.min(Math.max(max_bytes, HEAD_BYTES), segment.size - offset);
  if (wanted <= 0) return Buffer.alloc(0);
  const fd = openSync(segment.path, "r");
  try {
    const first = read(fd, offset, wanted);
    const needed = frameLength(first);
    return needed > first.length ? read(fd, offset, Math.min(needed, segment.size - offset)) : first;
  } finally {
    closeSync(fd);
  }
}

function read(fd: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let at = 0;
  for (let count = 1; at < length && count > 0; at += count) count = readSync(fd, bytes, at, length - at, position + at);
  return bytes.subarray(0, at);
}

function notWritten(folder: string, cause: unknown): AppError {
  const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
  const remedy = reason === "ENOSPC" ? "The disk is full: make room" : "Make it writable";
  return new AppError(
    "store_unavailable",
    `The journal ${folder} cannot be written to (${reason}). ${remedy}; predictions are not answered until then.`,
    {
      status: 503,
      retryable: true,
      cause,
    },
  );
}
