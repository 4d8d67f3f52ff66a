import { isGranularity } from "../../../shared/contracts/candleFiles.ts";
import { GRANULARITY_MS, type Granularity } from "../../../shared/domain/granularity.ts";
import { parseInstant, type TimeWindow } from "../../../shared/domain/instant.ts";
import { type Instrument, instrumentSchema } from "../../../shared/domain/instrument.ts";
import { AppError } from "../../../shared/errors.ts";
import type { CandleLine } from "./candleLine.ts";
import type { CandleFile } from "./findCandleFiles.ts";

/** What the Worker takes in one request. */
export const MAX_CHUNK_LINES = 5_000;
/** Well inside a request of 8 MB, with multi-byte text. */
const MAX_CHUNK_CHARACTERS = 3_000_000;
/** Lines kept open over all instruments of one file. */
const MAX_OPEN_LINES = 20_000;

export interface CandleChunk {
  readonly instrument: Instrument;
  readonly granularity: Granularity;
  /** One candle a line, with a line end after each. */
  readonly ndjson: string;
  readonly lines: number;
  /** From the first bar's start to the last one's end; null when no line has a readable time. */
  readonly window: TimeWindow | null;
}

/** What the user said; it goes before a file's name, and holds for every record. */
export interface CandleLabels {
  readonly instrument: Instrument | null;
  readonly granularity: Granularity | null;
}

interface OpenChunk {
  readonly key: string;
  readonly instrument: Instrument;
  readonly granularity: Granularity;
  readonly lines: string[];
  characters: number;
  start: number;
  end: number;
}

/** The lines of a file in requests, one instrument and granularity each. Where the file breaks off, what came before is sent first. */
export async function* chunkCandles(file: CandleFile, lines: AsyncIterable<CandleLine>, labels: CandleLabels): AsyncGenerator<CandleChunk> {
  const open = new Map<string, OpenChunk>();
  let failure: { readonly error: unknown } | null = null;
  try {
    for await (const line of lines) {
      for (const chunk of add(open, file, line, labels)) yield close(open, chunk);
    }
  } catch (error) {
    failure = { error };
  }
  for (const chunk of [...open.values()]) yield close(open, chunk);
  if (failure) throw failure.error;
}

/** Puts a line into its chunk. Returns the chunks that are full: this one, or all when many instruments are open. */
function add(open: Map<string, OpenChunk>, file: CandleFile, line: CandleLine, labels: CandleLabels): readonly OpenChunk[] {
  const { instrument, granularity } = labelOf(file, line, labels);
  const key = `${instrument} ${granularity}`;
  const chunk = open.get(key) ?? { key, instrument, granularity, lines: [], characters: 0, start: Number.POSITIVE_INFINITY, end: 0 };
  open.set(key, chunk);
  extend(chunk, line);
  if (chunk.lines.length >= MAX_CHUNK_LINES || chunk.characters >= MAX_CHUNK_CHARACTERS) return [chunk];
  const all = [...open.values()];
  return all.length > 1 && all.reduce((sum, one) => sum + one.lines.length, 0) >= MAX_OPEN_LINES ? all : [];
}

function extend(chunk: OpenChunk, { text, time }: CandleLine): void {
  chunk.lines.push(text);
  chunk.characters += text.length + 1;
  const start = typeof time === "string" ? parseInstant(time.trim()) : null;
  if (start === null) return;
  chunk.start = Math.min(chunk.start, start);
  chunk.end = Math.max(chunk.end, start + GRANULARITY_MS[chunk.granularity]);
}

function close(open: Map<string, OpenChunk>, { key, instrument, granularity, lines, start, end }: OpenChunk): CandleChunk {
  open.delete(key);
  return { instrument, granularity, ndjson: `${lines.join("\n")}\n`, lines: lines.length, window: start < end ? { start, end } : null };
}

/**
 * What a line is sent as. A record that contradicts the user's word is sent under that word all the same, and rejected by
 * the Worker with its reason; a record of something unknown needs the name of the file or the user to be placed at all.
 */
function labelOf(file: CandleFile, line: CandleLine, labels: CandleLabels) {
  const named = instrumentSchema.safeParse(line.instrument);
  const instrument = labels.instrument ?? (named.success ? named.data : file.instrument);
  const granularity = labels.granularity ?? (isGranularity(line.granularity) ? line.granularity : file.granularity);
  if (instrument === null) throw missing(file, line, "instrument", "a pair such as USD_SGD");
  if (granularity === null) throw missing(file, line, "granularity", `one of ${Object.keys(GRANULARITY_MS).join(", ")}`);
  return { instrument, granularity };
}

function missing(file: CandleFile, line: CandleLine, field: "instrument" | "granularity", expected: string): AppError {
  const said = line[field];
  const why =
    said === undefined
      ? `nothing says which ${field} it is. Give --${field}, ${expected}, or put it in the name of the file.`
      : `${field} ${JSON.stringify(said)} is not ${expected}`;
  return new AppError("invalid_candle", `${file.path}: line ${line.line}: ${why}`, {
    status: 422,
    details: { file: file.path, line: line.line, field },
  });
}
