import type { Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { isGranularity } from "../../../shared/contracts/candleFiles.ts";
import type { Granularity } from "../../../shared/domain/granularity.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { AppError } from "../../../shared/errors.ts";

export type CandleFormat = "json" | "ndjson" | "csv";

export interface CandleFile {
  readonly path: string;
  readonly format: CandleFormat;
  readonly is_gzip: boolean;
  /** Size on disk, compressed where the file is. */
  readonly bytes: number;
  /** What the name says, as USD_SGD_H1_2025H1.ndjson.gz does. */
  readonly instrument: Instrument | null;
  readonly granularity: Granularity | null;
}

const EXTENSION = /\.(json|ndjson|jsonl|csv)(\.gz)?$/i;
const INSTRUMENT = /(?<![A-Za-z])([A-Z]{3}_[A-Z]{3})(?![A-Za-z])/;
const GRANULARITY = /(?:^|[_.-])([MH]\d{1,2})(?=[_.-]|$)/;
const EXPECTED = "expected .json, .ndjson, .jsonl or .csv, each also with .gz";

/** The candle files that the paths name: files as they are, folders with all that they hold, sorted. */
export async function findCandleFiles(paths: readonly string[]): Promise<readonly CandleFile[]> {
  const found: CandleFile[] = [];
  for (const path of paths) found.push(...(await filesOf(path)));
  // A file given twice, or by itself and by its folder, is imported once.
  return [...new Map(found.map((file) => [file.path, file])).values()];
}

async function filesOf(path: string): Promise<readonly CandleFile[]> {
  const info = await statOf(path);
  if (!info.isDirectory()) return [requireCandleFile(path, info.size)];
  const names = (await readdir(path, { recursive: true })).filter((name) => EXTENSION.test(name)).sort();
  const files: CandleFile[] = [];
  for (const name of names) {
    const inner = await statOf(join(path, name));
    if (inner.isFile()) files.push(requireCandleFile(join(path, name), inner.size));
  }
  if (files.length > 0) return files;
  throw new AppError("not_found", `${path}: the folder holds no candle file (${EXPECTED})`, { status: 404, details: { file: path } });
}

async function statOf(path: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file or folder" : (cause as Error).message;
    throw new AppError("not_found", `${path}: ${why}`, { status: 404, cause, details: { file: path } });
  }
}

function requireCandleFile(path: string, bytes: number): CandleFile {
  const name = basename(path);
  const match = EXTENSION.exec(name);
  if (!match?.[1])
    throw new AppError("invalid_request", `${path}: not a candle file (${EXPECTED})`, { status: 400, details: { file: path } });
  const extension = match[1].toLowerCase();
  const stem = name.slice(0, match.index);
  const granularity = GRANULARITY.exec(stem)?.[1];
  return {
    path,
    format: extension === "jsonl" ? "ndjson" : (extension as CandleFormat),
    is_gzip: match[2] !== undefined,
    bytes,
    instrument: INSTRUMENT.exec(stem)?.[1] ?? null,
    granularity: isGranularity(granularity) ? granularity : null,
  };
}
