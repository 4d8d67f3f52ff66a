import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";
import { AppError } from "../../../shared/errors.ts";

export type CandleFileFormat = "csv" | "ndjson" | "json";

/**
 * The records of a candle file, one at a time and untrusted. CSV needs a header; a JSON file is an array of candles or an
 * answer of OANDA with `candles`. A line that is not JSON comes through as its text, for the parser to refuse.
 */
export async function* readRecords(path: string, format: CandleFileFormat, is_gzip: boolean): AsyncGenerator<unknown> {
  const file = createReadStream(path);
  const content: Readable = is_gzip ? file.pipe(createGunzip()) : file;
  file.on("error", (error) => content.destroy(error));
  try {
    if (format === "csv") yield* content.pipe(createCsvParser(content));
    else if (format === "ndjson") yield* readLines(content);
    else yield* readAnswer(await text(content));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("invalid_candle", `SANDBOX_CANDLES: ${path} cannot be read as ${format}${is_gzip ? " with gzip" : ""}: ${why}`, {
      cause,
    });
  } finally {
    file.destroy();
  }
}

function createCsvParser(content: Readable) {
  const parser = parse({ columns: true, trim: true, bom: true, skip_empty_lines: true, relax_column_count: true });
  content.on("error", (error) => parser.destroy(error));
  return parser;
}

async function* readLines(content: Readable): AsyncGenerator<unknown> {
  const lines = createInterface({ input: content, crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    if (line.trim() === "") continue;
    yield parseOr(line);
  }
}

function parseOr(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The text itself is the record: it is no candle, and whoever reads it says so with its line.
    return line;
  }
}

function readAnswer(content: string): readonly unknown[] {
  const parsed: unknown = JSON.parse(content);
  if (Array.isArray(parsed)) return parsed;
  const candles = parsed !== null && typeof parsed === "object" ? (parsed as { candles?: unknown }).candles : null;
  if (Array.isArray(candles)) return candles;
  throw new Error("expected an array of candles, or an object with `candles`");
}
