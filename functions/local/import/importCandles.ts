import { ClockWatch } from "../../../shared/bronze/clockShift.ts";
import type { ImportedCandles } from "../../../shared/contracts/candleImport.ts";
import type { WallClock } from "../../../shared/domain/wallClock.ts";
import { AppError, toAppError } from "../../../shared/errors.ts";
import type { CandleLine } from "./candleLine.ts";
import { type CandleChunk, chunkCandles } from "./chunkCandles.ts";
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
  readonly post: (chunk: CandleChunk) => Promise<ImportedCandles>;
  readonly onProgress: (progress: ImportProgress) => void;
}

const NOTHING: ImportCounts = { read: 0, written: 0, unchanged: 0, replaced: 0, rejected: {} };

/**
 * Sends candle files to the Worker, chunk by chunk and one at a time, so that no more than a chunk is in memory. A file
 * that cannot be read is noted and the next one goes on; a Worker that refuses or is away ends the import.
 */
export async function importCandles(options: ImportOptions): Promise<ImportSummary> {
  const { files, onProgress } = options;
  const total_bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const summaries: FileSummary[] = [];
  const samples = new RejectSamples();
  let before = 0;
  for (const [index, file] of files.entries()) {
    const report = (bytes: number) => {
      onProgress({ path: file.path, file: index + 1, files: files.length, bytes: before + Math.min(bytes, file.bytes), total_bytes });
    };
    summaries.push(await importFile(file, options, samples, report));
    report(file.bytes);
    before += file.bytes;
  }
  return { files: summaries, total: summaries.reduce<ImportCounts>(plus, NOTHING), first_rejects: samples.list() };
}

async function importFile(
  file: CandleFile,
  { labels, clock, post }: ImportOptions,
  samples: RejectSamples,
  onBytes: (bytes: number) => void,
): Promise<FileSummary> {
  const notes: string[] = [];
  const watch = new ClockWatch();
  const lines = watched(readCandleFile(file, { clock, onBytes, note: (text) => notes.push(text) }), watch);
  const chunks = chunkCandles(file, lines, labels);
  let counts = NOTHING;
  const summary = (error: AppError | null) => {
    const shift = error === null ? describeShift(watch.find(), clock) : [];
    return { path: file.path, ...counts, notes: [...notes, ...shift], error };
  };
  try {
    for (;;) {
      // Only the file's own errors are noted: what `post` throws is about the Worker, and ends everything.
      const next = await chunks.next().catch(toAppError);
      if (next instanceof AppError) return summary(next);
      if (next.done) return summary(null);
      const answer = await post(next.value);
      samples.add(file.path, next.value, answer.first_rejects);
      counts = plus(counts, { ...answer, written: answer.inserted });
    }
  } finally {
    await chunks.return(undefined);
  }
}

/** The lines, with the place of each in the week noted. */
async function* watched(lines: AsyncGenerator<CandleLine>, watch: ClockWatch): AsyncGenerator<CandleLine> {
  for await (const line of lines) {
    if (line.start !== null && line.refusal === null) watch.add(line.start);
    yield line;
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
