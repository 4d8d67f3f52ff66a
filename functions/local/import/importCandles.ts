import { ClockWatch } from "../../../shared/bronze/clockShift.ts";
import type { ImportedCandles } from "../../../shared/contracts/candleImport.ts";
import type { WallClock } from "../../../shared/domain/wallClock.ts";
import { AppError, toAppError } from "../../../shared/errors.ts";
import { type CandlePart, isRun } from "./candleRun.ts";
import { type CandleChunk, chunkCandles } from "./chunkCandles.ts";
import { ChunkSender, type SentChunk } from "./chunkSender.ts";
import { describeShift } from "./describeShift.ts";
import type { CandleFile } from "./findCandleFiles.ts";
import type { CandleLabels } from "./placeLine.ts";
import { readCandleFile } from "./readCandleFile.ts";
import { type FirstReject, RejectSamples } from "./rejectSamples.ts";

export interface ImportCounts {
  readonly read: number;
  readonly written: number;
  readonly unchanged: number;
  readonly replaced: number;
  /** By reason. */
  readonly rejected: Readonly<Record<string, number>>;
}

export interface FileSummary extends ImportCounts {
  readonly path: string;
  /** How the file was understood, and what is suspicious about it. */
  readonly notes: readonly string[];
  /** Why the file was not read to its end; what came before stands. */
  readonly error: AppError | null;
}

export interface ImportSummary {
  readonly files: readonly FileSummary[];
  readonly total: ImportCounts;
  /** Of each reason the first few, in the order in which they were found. */
  readonly first_rejects: readonly FirstReject[];
}

export interface ImportProgress {
  readonly path: string;
  /** From 1. */
  readonly file: number;
  readonly files: number;
  /** Bytes read and to read over all files, as they lie on disk. */
  readonly bytes: number;
  readonly total_bytes: number;
}

export interface ImportOptions {
  readonly files: readonly CandleFile[];
  readonly labels: CandleLabels;
  /** Whose clock the times were read from; null where they say it themselves. */
  readonly clock: WallClock | null;
  /** Sends a chunk, and waits for what became of it. */
  readonly post: (chunk: SentChunk) => Promise<ImportedCandles>;
  readonly onProgress: (progress: ImportProgress) => void;
}

const NOTHING: ImportCounts = { read: 0, written: 0, unchanged: 0, replaced: 0, rejected: {} };

/**
 * Sends candle files to the Worker, a few chunks at once, so that the next ones are read and on their way while one is stored. A file
 * that cannot be read is noted and the next one goes on; a Worker that refuses or is away ends the import.
 */
export async function importCandles(options: ImportOptions): Promise<ImportSummary> {
  const { files, onProgress } = options;
  const total_bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const sender = new ChunkSender(options.post);
  const samples = new RejectSamples();
  const tallies: FileTally[] = [];
  let before = 0;
  for (const [index, file] of files.entries()) {
    const report = (bytes: number) => {
      onProgress({ path: file.path, file: index + 1, files: files.length, bytes: before + Math.min(bytes, file.bytes), total_bytes });
    };
    const tally: FileTally = { path: file.path, counts: NOTHING, notes: [], error: null };
    tallies.push(tally);
    await sendFile(file, options, report, tally, (chunk) => {
      return sender.send(chunk, (answer) => {
        samples.add(file.path, chunk, answer.first_rejects);
        tally.counts = plus(tally.counts, { ...answer, written: answer.inserted });
      });
    });
    report(file.bytes);
    before += file.bytes;
  }
  await sender.finish();
  const summaries = tallies.map(({ path, counts, notes, error }) => ({ path, ...counts, notes, error }));
  return { files: summaries, total: summaries.reduce<ImportCounts>(plus, NOTHING), first_rejects: samples.list() };
}

/** What is known of a file so far: answers come while others are read. */
interface FileTally {
  readonly path: string;
  counts: ImportCounts;
  notes: readonly string[];
  error: AppError | null;
}

async function sendFile(
  file: CandleFile,
  { labels, clock }: ImportOptions,
  onBytes: (bytes: number) => void,
  tally: FileTally,
  send: (chunk: CandleChunk) => Promise<void>,
): Promise<void> {
  const notes: string[] = [];
  const watch = new ClockWatch();
  const lines = watched(readCandleFile(file, { clock, onBytes, note: (text) => notes.push(text) }), watch);
  const chunks = chunkCandles(file, lines, labels);
  try {
    for (;;) {
      // Only the file's own errors are noted: what `send` throws is about the Worker, and ends everything.
      const next = await chunks.next().catch(toAppError);
      if (next instanceof AppError) tally.error = next;
      if (next instanceof AppError || next.done) break;
      await send(next.value);
    }
    tally.notes = [...notes, ...(tally.error === null ? describeShift(watch.find(), clock) : [])];
  } finally {
    await chunks.return(undefined);
  }
}

/** The lines, with the place of each in the week noted. */
async function* watched(batches: AsyncGenerator<readonly CandlePart[]>, watch: ClockWatch): AsyncGenerator<readonly CandlePart[]> {
  for await (const batch of batches) {
    for (const part of batch) {
      if (isRun(part)) for (const start of part.rows.starts.subarray(part.first, part.end)) watch.add(start);
      else if (part.start !== null && part.refusal === null) watch.add(part.start);
    }
    yield batch;
  }
}

function plus(a: ImportCounts, b: ImportCounts): ImportCounts {
  const rejected: Record<string, number> = { ...a.rejected };
  for (const [reason, count] of Object.entries(b.rejected)) rejected[reason] = (rejected[reason] ?? 0) + count;
  return {
    read: a.read + b.read,
    written: a.written + b.written,
    unchanged: a.unchanged + b.unchanged,
    replaced: a.replaced + b.replaced,
    rejected,
  };
}
