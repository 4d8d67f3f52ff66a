import { describeSpacing, findWrongSpacing } from "../../../shared/bronze/findWrongSpacing.ts";
import { MAX_UNREAD_CHARACTERS, type UnreadRow } from "../../../shared/contracts/unreadRow.ts";
import { GRANULARITY_MS, type Granularity } from "../../../shared/domain/granularity.ts";
import type { Instant, TimeWindow } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { AppError } from "../../../shared/errors.ts";
import type { CandleLine } from "./candleLine.ts";
import type { CandleFile } from "./findCandleFiles.ts";
import { type CandleLabels, type Place, placeLine } from "./placeLine.ts";

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
  /** Where each line came from: its line in the file, and its text there. */
  readonly origins: readonly Pick<CandleLine, "line" | "text">[];
}

interface OpenChunk {
  readonly key: string;
  readonly instrument: Instrument;
  readonly granularity: Granularity;
  /** The lines so far, each with a line end. */
  text: string;
  readonly origins: Pick<CandleLine, "line" | "text">[];
  readonly starts: Instant[];
}

/**
 * The lines of a file in requests, one instrument and granularity each. Where the file breaks off, what came before is sent first. Rows
 * that are spaced as no bars of their granularity end it before they are sent.
 */
export async function* chunkCandles(
  file: CandleFile,
  batches: AsyncIterable<readonly CandleLine[]>,
  labels: CandleLabels,
): AsyncGenerator<CandleChunk> {
  const open = new Map<string, OpenChunk>();
  const place = createPlacer(file, labels);
  let failure: { readonly error: unknown } | null = null;
  try {
    for await (const batch of batches) {
      for (const line of batch) {
        const full = add(open, line, place(line));
        if (full !== null) for (const chunk of full) yield close(open, file, chunk);
      }
    }
  } catch (error) {
    if (isSpacingError(error)) throw error;
    failure = { error };
  }
  for (const chunk of [...open.values()]) yield close(open, file, chunk);
  if (failure) throw failure.error;
}

/** Places lines; of those that say the same of themselves as the one before, it is the same place. */
function createPlacer(file: CandleFile, labels: CandleLabels): (line: CandleLine) => Place {
  let last: { readonly line: CandleLine; readonly place: Place } | null = null;
  return (line) => {
    const is_same = last?.line.instrument === line.instrument && last?.line.granularity === line.granularity;
    if (last !== null && is_same && line.refusal === null) return last.place;
    const place = placeLine(file, line, labels);
    if (line.refusal === null) last = { line, place };
    return place;
  };
}

/** Puts a line into its chunk. Returns the chunks that are full: this one, or all when many instruments are open. */
function add(open: Map<string, OpenChunk>, line: CandleLine, { instrument, granularity, refusal }: Place): readonly OpenChunk[] | null {
  const key = `${instrument} ${granularity}`;
  let chunk = open.get(key);
  if (chunk === undefined) {
    chunk = { key, instrument, granularity, text: "", origins: [], starts: [] };
    open.set(key, chunk);
  }
  chunk.text += `${refusal === null ? line.json : unreadText(line, refusal)}\n`;
  chunk.origins.push({ line: line.line, text: line.text });
  if (refusal === null && line.start !== null) chunk.starts.push(line.start);
  if (chunk.origins.length >= MAX_CHUNK_LINES || chunk.text.length >= MAX_CHUNK_CHARACTERS) return [chunk];
  if (open.size === 1) return null;
  const all = [...open.values()];
  return all.reduce((sum, one) => sum + one.origins.length, 0) >= MAX_OPEN_LINES ? all : null;
}

function unreadText(line: CandleLine, refusal: UnreadRow["unread"]): string {
  const { reason, detail } = refusal;
  return JSON.stringify({
    unread: { reason, detail: detail.slice(0, 500) },
    text: line.text.slice(0, MAX_UNREAD_CHARACTERS),
  } satisfies UnreadRow);
}

function close(open: Map<string, OpenChunk>, file: CandleFile, chunk: OpenChunk): CandleChunk {
  const { key, instrument, granularity, text, origins, starts } = chunk;
  open.delete(key);
  requireSpacing(file, chunk);
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const start of starts) {
    first = Math.min(first, start);
    last = Math.max(last, start);
  }
  const window = starts.length === 0 ? null : { start: first, end: last + GRANULARITY_MS[granularity] };
  return { instrument, granularity, ndjson: text, lines: origins.length, window, origins };
}

const SPACING = "spacing";

function requireSpacing(file: CandleFile, { instrument, granularity, starts, origins }: OpenChunk): void {
  const spacing = findWrongSpacing(starts, granularity);
  if (spacing === null) return;
  const lines = `lines ${origins[0]?.line} to ${origins.at(-1)?.line}`;
  throw new AppError(
    "invalid_candle",
    `${file.path}: ${lines}: the rows of ${instrument} are ${describeSpacing(spacing)} of market hours apart, and bars of ${granularity} are ${describeSpacing(GRANULARITY_MS[granularity])}: they are not ${granularity}, and none of them is stored.`,
    { status: 422, details: { file: file.path, [SPACING]: spacing } },
  );
}

function isSpacingError(error: unknown): boolean {
  return error instanceof AppError && SPACING in error.details;
}
