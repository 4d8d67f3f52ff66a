import { type CandleLine, isFields, parseJsonLine, toRefusedLine } from "./candleLine.ts";
import type { OpenTextFile } from "./openTextFile.ts";
import type { ReadContext } from "./readCandleFile.ts";
import { readRecord } from "./readRecord.ts";
import { splitLines } from "./splitLines.ts";

/** One candle a line, or one whole answer of OANDA a line. */
export async function* readNdjson(file: OpenTextFile, { times }: ReadContext): AsyncGenerator<CandleLine> {
  for await (const { line, text, is_open } of splitLines(file.content)) {
    const record = parseJsonLine(text.trim());
    const candles = isFields(record) ? record["candles"] : undefined;
    if (record === undefined && is_open)
      yield toRefusedLine(line, text, "cut_off", "the line: no JSON, and the file ends in the middle of it");
    else if (!isFields(record) || !Array.isArray(candles)) yield readRecord({ line, text: text.trim(), record }, times);
    else for (const candle of candles) yield readRecord({ line, text: JSON.stringify(candle), record: candle, envelope: record }, times);
  }
}
