import { pipeline } from "node:stream";
import { parse } from "csv-parse";
import { type CandleLine, toCandleLine } from "./candleLine.ts";
import type { OpenCandleFile } from "./openCandleFile.ts";

const PRICES = ["open", "mid_o", "mid_open", "bid_o", "bid_open"];
const MAX_ROW_BYTES = 1024 * 1024;

interface ParsedRow {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

/** A row a candle, by the names in the header whatever their order; columns that mean nothing here are left in place. */
export async function* readCsv(file: OpenCandleFile): AsyncGenerator<CandleLine> {
  const parser = parse({
    columns: requireHeader,
    delimiter: [",", ";", "\t"],
    bom: true,
    trim: true,
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: MAX_ROW_BYTES,
  });
  // An error of the file reaches the parser, which the loop below reads; the callback has nothing to add.
  pipeline(file.content, parser, () => undefined);
  for await (const { record, info } of parser as AsyncIterable<ParsedRow>) {
    yield toCandleLine(info.lines, JSON.stringify(record), record);
  }
}

function requireHeader(header: readonly string[]): string[] {
  const names = header.map((name) => name.trim().toLowerCase());
  const missing = [
    ...(names.includes("time") ? [] : ["time"]),
    ...(PRICES.some((name) => names.includes(name)) ? [] : [PRICES.join(" or ")]),
  ];
  if (missing.length === 0) return names;
  throw new Error(`line 1: the header has no column ${missing.join(", and none of ")}; it has ${names.join(", ").slice(0, 200)}`);
}
