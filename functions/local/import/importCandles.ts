import { AppError, toAppError } from "../../../shared/errors.ts";
import { type CandleChunk, type CandleLabels, chunkCandles } from "./chunkCandles.ts";
import type { CandleFile } from "./findCandleFiles.ts";
import { readCandleFile } from "./readCandleFile.ts";

/** What the Worker answers for one chunk. */
export interface ChunkResult {
  readonly read: number;
  readonly inserted: number;
  readonly unchanged: number;
  readonly rejected: Readonly<Record<string, number>>;
}

export interface ImportCounts {
  readonly read: number;
  readonly written: number;
  readonly unchanged: number;
  /** By reason. */
  readonly rejected: Readonly<Record<string, number>>;
}

export interface FileSummary extends ImportCounts {
  readonly path: string;
  /** Why the file was not read to its end; what came before stands. */
  readonly error: AppError | null;
}

export interface ImportSummary {
  readonly files: readonly FileSummary[];
  readonly total: ImportCounts;
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
  readonly post: (chunk: CandleChunk) => Promise<ChunkResult>;
  readonly onProgress: (progress: ImportProgress) => void;
}

const NOTHING: ImportCounts = { read: 0, written: 0, unchanged: 0, rejected: {} };

/**
 * Sends candle files to the Worker, chunk by chunk and one at a time, so that no more than a chunk is in memory. A file
 * that cannot be read is noted and the next one goes on; a Worker that refuses or is away ends the import.
 */
export async function importCandles({ files, labels, post, onProgress }: ImportOptions): Promise<ImportSummary> {
  const total_bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const summaries: FileSummary[] = [];
  let before = 0;
  for (const [index, file] of files.entries()) {
    const report = (bytes: number) => {
      onProgress({ path: file.path, file: index + 1, files: files.length, bytes: before + Math.min(bytes, file.bytes), total_bytes });
    };
    summaries.push(await importFile(file, labels, post, report));
    report(file.bytes);
    before += file.bytes;
  }
  return { files: summaries, total: summaries.reduce<ImportCounts>(plus, NOTHING) };
}

async function importFile(
  file: CandleFile,
  labels: CandleLabels,
  post: ImportOptions["post"],
  report: (bytes: number) => void,
): Promise<FileSummary> {
  const chunks = chunkCandles(file, readCandleFile(file, report), labels);
  let counts = NOTHING;
  try {
    for (;;) {
      // Only the file's own errors are noted: what `post` throws is about the Worker, and ends everything.
      const next = await chunks.next().catch(toAppError);
      if (next instanceof AppError) return { path: file.path, ...counts, error: next };
      if (next.done) return { path: file.path, ...counts, error: null };
      const { read, inserted, unchanged, rejected } = await post(next.value);
      counts = plus(counts, { read, written: inserted, unchanged, rejected });
    }
  } finally {
    await chunks.return(undefined);
  }
}

function plus(a: ImportCounts, b: ImportCounts): ImportCounts {
  const rejected: Record<string, number> = { ...a.rejected };
  for (const [reason, count] of Object.entries(b.rejected)) rejected[reason] = (rejected[reason] ?? 0) + count;
  return { read: a.read + b.read, written: a.written + b.written, unchanged: a.unchanged + b.unchanged, rejected };
}
