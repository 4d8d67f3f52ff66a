import { type CandleLine, isFields, parseJsonLine, toCandleLine } from "./candleLine.ts";
import type { OpenCandleFile } from "./openCandleFile.ts";
import { splitLines } from "./splitLines.ts";

/** One candle a line, or one whole answer of OANDA a line. */
export async function* readNdjson(file: OpenCandleFile): AsyncGenerator<CandleLine> {
  for await (const { line, text } of splitLines(file.content)) {
    const record = parseJsonLine(text);
    const candles = isFields(record) ? record["candles"] : undefined;
    if (!isFields(record) || !Array.isArray(candles)) {
      yield toCandleLine(line, text, record);
      continue;
    }
    for (const candle of candles) yield toCandleLine(line, JSON.stringify(candle), candle, record);
  }
}
