import { type CandleLine, isFields, parseJsonLine, toRefusedLine } from "./candleLine.ts";
import { convertBatches } from "./convertBatches.ts";
import { FlatRecords } from "./flatRecords.ts";
import type { OpenTextFile } from "./openTextFile.ts";
import { readRecord } from "./readRecord.ts";
import { splitLineBatches, type TextLine } from "./splitLines.ts";
import type { ReadContext } from "./timeReader.ts";

/** One candle a line, or one whole answer of OANDA a line. */
export async function* readNdjson(file: OpenTextFile, { times }: ReadContext): AsyncGenerator<readonly CandleLine[]> {
  const flat = new FlatRecords(times);
  yield* convertBatches<TextLine, CandleLine>(splitLineBatches(file.content), ({ line, text, is_open }, give) => {
    const trimmed = text.trim();
    const known = flat.read(line, trimmed, {});
    if (known !== null) return give(known);
    const record = parseJsonLine(trimmed);
    const candles = isFields(record) ? record["candles"] : undefined;
    if (record === undefined && is_open)
      give(toRefusedLine(line, text, "cut_off", "the line: no JSON, and the file ends in the middle of it"));
    else if (!isFields(record) || !Array.isArray(candles)) {
      flat.learn(trimmed, record);
      give(readRecord({ line, text: trimmed, record }, times));
    } else for (const candle of candles) give(readRecord({ line, text: JSON.stringify(candle), record: candle, envelope: record }, times));
  });
}
