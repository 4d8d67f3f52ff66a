import { AppError } from "../../../shared/errors.ts";
import type { CandleLine } from "./candleLine.ts";
import type { CandleFile } from "./findCandleFiles.ts";
import { type OpenCandleFile, openCandleFile } from "./openCandleFile.ts";
import { readCsv } from "./readCsv.ts";
import { readNdjson } from "./readNdjson.ts";
import { readOandaJson } from "./readOandaJson.ts";

/** The candles of a file, one at a time. What cannot be read ends in an error that names the file and the line. */
export async function* readCandleFile(file: CandleFile, onBytes: (bytes: number) => void): AsyncGenerator<CandleLine> {
  const opened = openCandleFile(file);
  let line = 0;
  let bytes = 0;
  try {
    for await (const candle of linesOf(file, opened)) {
      line = candle.line;
      if (opened.bytesRead() > bytes) {
        bytes = opened.bytesRead();
        onBytes(bytes);
      }
      yield candle;
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
  const why = cause instanceof Error ? cause.message : String(cause);
  const place = /\bline \d+/i.test(why) || after_line === 0 ? "" : `after line ${after_line}: `;
  const kind = file.is_gzip && isZlibError(cause) ? "the gzip data is cut off or damaged: " : "";
  return new AppError("invalid_candle", `${file.path}: ${place}${kind}${why}`, { status: 422, cause, details: { file: file.path } });
}

function linesOf(file: CandleFile, opened: OpenCandleFile): AsyncGenerator<CandleLine> {
  if (file.format === "csv") return readCsv(opened);
  return file.format === "ndjson" ? readNdjson(opened) : readOandaJson(() => openCandleFile(file), opened);
}

function isZlibError(cause: unknown): boolean {
  return String((cause as NodeJS.ErrnoException).code ?? "").startsWith("Z_");
}
