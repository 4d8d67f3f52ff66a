import { describeSpacing, findWrongSpacing } from "../../../shared/bronze/findWrongSpacing.ts";
import { GRANULARITY_MS, type Granularity } from "../../../shared/domain/granularity.ts";
import type { TimeWindow } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { AppError } from "../../../shared/errors.ts";
import type { CandlePart } from "./candleRun.ts";
import type { CandleFile } from "./findCandleFiles.ts";
import { type OpenChunk, OpenChunks, type Origin } from "./openChunks.ts";
import { type CandleLabels, type Place, type PlacedLine, placeLine } from "./placeLine.ts";

export interface CandleChunk {
  readonly instrument: Instrument;
  readonly granularity: Granularity;
  /** One candle a line, with a line end after each. */
  readonly ndjson: string;
  readonly lines: number;
  /** From the first bar's start to the last one's end; null when no line has a readable time. */
  readonly window: TimeWindow | null;
  /** Where each line came from, counted from 0: its line in the file, and its text there. */
  readonly origins: { at(line: number): Origin | undefined };
}

/**
 * The lines of a file in requests, one instrument and granularity each. Where the file breaks off, what came before is sent first. Rows
 * that are spaced as no bars of their granularity end it before they are sent.
 */
export async function* chunkCandles(
  file: CandleFile,
  batches: AsyncIterable<readonly CandlePart[]>,
  labels: CandleLabels,
): AsyncGenerator<CandleChunk> {
  const open = new OpenChunks();
  const place = createPlacer(file, labels);
  let failure: { readonly error: unknown } | null = null;
  try {
    for await (const batch of batches) {
      for (const part of batch) {
        for (const full of open.add(part, place)) for (const chunk of full) yield close(file, chunk);
      }
    }
  } catch (error) {
    if (isSpacingError(error)) throw error;
    failure = { error };
  }
  for (const chunk of open.takeAll()) yield close(file, chunk);
  if (failure) throw failure.error;
}

/** Places lines; of those that say the same of themselves as the one before, it is the same place. */
function createPlacer(file: CandleFile, labels: CandleLabels): (line: PlacedLine) => Place {
  let last: { readonly line: PlacedLine; readonly place: Place } | null = null;
  return (line) => {
    const is_same = last?.line.instrument === line.instrument && last?.line.granularity === line.granularity;
    if (last !== null && is_same && line.refusal === null) return last.place;
    const place = placeLine(file, line, labels);
    if (line.refusal === null) last = { line, place };
    return place;
  };
}

function close(file: CandleFile, chunk: OpenChunk): CandleChunk {
  requireSpacing(file, chunk);
  const { place, ndjson, lines, starts } = chunk;
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const start of starts) {
    first = Math.min(first, start);
    last = Math.max(last, start);
  }
  const window = starts.length === 0 ? null : { start: first, end: last + GRANULARITY_MS[place.granularity] };
  return { ...place, ndjson, lines, window, origins: chunk };
}

const SPACING = "spacing";

function requireSpacing(file: CandleFile, chunk: OpenChunk): void {
  const { instrument, granularity } = chunk.place;
  const { starts } = chunk;
  const spacing = findWrongSpacing(starts, granularity);
  if (spacing === null) return;
  const lines = `lines ${chunk.at(0)?.line} to ${chunk.at(chunk.lines - 1)?.line}`;
  throw new AppError(
    "invalid_candle",
    `${file.path}: ${lines}: the rows of ${instrument} are ${describeSpacing(spacing)} of market hours apart, and bars of ${granularity} are ${describeSpacing(GRANULARITY_MS[granularity])}: they are not ${granularity}, and none of them is stored.`,
    { status: 422, details: { file: file.path, [SPACING]: spacing } },
  );
}

function isSpacingError(error: unknown): boolean {
  return error instanceof AppError && SPACING in error.details;
}
