import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { CandleChunk } from "../../../functions/local/import/chunkCandles.ts";
import { findCandleFiles } from "../../../functions/local/import/findCandleFiles.ts";
import { type ImportProgress, importCandles } from "../../../functions/local/import/importCandles.ts";
import type { CandleLabels } from "../../../functions/local/import/placeLine.ts";
import { validateCandle } from "../../../shared/bronze/validateCandle.ts";
import { FIRST_REJECTS, type ImportedCandles } from "../../../shared/contracts/candleImport.ts";
import { HOUR, toIso } from "../../../shared/domain/instant.ts";

const T0 = Date.UTC(2025, 0, 6);
export const UNLABELLED: CandleLabels = { instrument: null, granularity: null };

/** A folder of the test file that imports this, gone after its last test. */
export let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fx-import-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

export async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, content);
  return path;
}

export const time = (hour: number) => toIso(T0 + hour * HOUR);
export const oanda = (hour: number) => ({ complete: true, volume: 5, time: time(hour), mid: { o: "1.1", h: "1.2", l: "1.0", c: "1.1" } });
export const csvRow = (hour: number) => `${time(hour)},1.1,1.2,1.0,1.1`;
export const hours = (count: number) => Array.from({ length: count }, (_, hour) => hour);
export const UNTIMED = { clock: null, onProgress: () => undefined };
export const windowOf = (from: number, to: number) => ({ start: T0 + from * HOUR, end: T0 + to * HOUR });

/** Judges each line as the Worker does, and keeps what was sent. */
function worker() {
  const chunks: CandleChunk[] = [];
  const post = async (chunk: CandleChunk): Promise<ImportedCandles> => {
    chunks.push(chunk);
    const lines = chunk.ndjson.trimEnd().split("\n");
    const rejected: Record<string, number> = {};
    const first_rejects: ImportedCandles["first_rejects"] = [];
    let inserted = 0;
    for (const [index, line] of lines.entries()) {
      const outcome = validateCandle(parse(line), chunk, T0 + 90_000 * HOUR);
      if (!("reason" in outcome)) {
        inserted += 1;
        continue;
      }
      rejected[outcome.reason] = (rejected[outcome.reason] ?? 0) + 1;
      if (rejected[outcome.reason]! <= FIRST_REJECTS) first_rejects.push({ line: index + 1, ...outcome });
    }
    return { read: lines.length, inserted, unchanged: 0, replaced: 0, rejected, first_rejects };
  };
  return { chunks, post };
}

export function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

export async function run(paths: readonly string[], labels: CandleLabels = UNLABELLED) {
  const { chunks, post } = worker();
  const progress: ImportProgress[] = [];
  const summary = await importCandles({
    files: await findCandleFiles(paths),
    labels,
    clock: null,
    post,
    onProgress: (one) => progress.push(one),
  });
  return { summary, chunks, progress };
}

export const summaryOf = (read: number, written = read, rejected = {}) => ({ read, written, unchanged: 0, replaced: 0, rejected });
