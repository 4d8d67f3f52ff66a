import type { WallClock } from "../../../shared/domain/wallClock.ts";
import { AppError } from "../../../shared/errors.ts";
import { type CandlePart, lastLineOf } from "./candleRun.ts";
import type { CandleFile } from "./findCandleFiles.ts";
import { type OpenTextFile, openTextFile, readProblem } from "./openTextFile.ts";
import { readCsv } from "./readCsv.ts";
import { readNdjson } from "./readNdjson.ts";
import { readOandaJson } from "./readOandaJson.ts";
import { type ReadContext, TimeReader } from "./timeReader.ts";

export interface ReadOptions {
  /** Whose clock the times were read from; null where they say it themselves. */
  readonly clock: WallClock | null;
  /** Bytes of the file read so far, as they lie on disk. */
  readonly onBytes: (bytes: number) => void;
  /** A sentence about how the file is understood. */
  readonly note: (text: string) => void;
}

/** The candles of a file, many at once. What cannot be read ends in an error that names the file and the line. */
export async function* readCandleFile(file: CandleFile, { clock, onBytes, note }: ReadOptions): AsyncGenerator<readonly CandlePart[]> {
  const opened = openTextFile(file.path, file.is_gzip);
  const context = { times: new TimeReader(clock, note), note };
  let line = 0;
  let bytes = 0;
  try {
    for await (const batch of linesOf(file, opened, context)) {
      const last = batch.at(-1);
      if (last) line = lastLineOf(last);
      if (opened.bytesRead() > bytes) {
        bytes = opened.bytesRead();
        onBytes(bytes);
      }
      yield batch;
    }
  } catch (cause) {
    throw fileError(file, line, cause);
  } finally {
    opened.close();
  }
}

/** A file that cannot be read as what it says it is. */
function fileError(file: CandleFile, after_line: number, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const why = readProblem(cause, file.is_gzip);
  const place = /\bline \d+/i.test(why) || after_line === 0 ? "" : `after line ${after_line}: `;
  return new AppError("invalid_candle", `${file.path}: ${place}${why}`, { status: 422, cause, details: { file: file.path } });
}

function linesOf(file: CandleFile, opened: OpenTextFile, context: ReadContext): AsyncGenerator<readonly CandlePart[]> {
  if (file.format === "csv") return readCsv(opened, context);
  return file.format === "ndjson"
    ? readNdjson(opened, context)
    : readOandaJson(() => openTextFile(file.path, file.is_gzip), opened, context);
}
