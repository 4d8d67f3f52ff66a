import { type CandleLine, isFields, parseJsonLine } from "./candleLine.ts";
import { type JsonElement, JsonScan } from "./jsonScan.ts";
import type { OpenTextFile } from "./openTextFile.ts";
import type { ReadContext } from "./readCandleFile.ts";
import { readRecord } from "./readRecord.ts";

/**
 * One answer of OANDA, or a plain array of candles. Read twice, since instrument and granularity may stand behind the
 * candles and no candle is kept meanwhile.
 */
export async function* readOandaJson(open: () => OpenTextFile, file: OpenTextFile, { times }: ReadContext): AsyncGenerator<CandleLine> {
  const envelope = await readEnvelope(open());
  for await (const { line, text } of scan(file, new JsonScan())) {
    yield readRecord({ line, text, record: parseJsonLine(text), envelope }, times);
  }
}

async function readEnvelope(file: OpenTextFile): Promise<Readonly<Record<string, unknown>>> {
  const scanner = new JsonScan();
  try {
    for await (const _element of scan(file, scanner));
  } finally {
    file.close();
  }
  const text = scanner.envelope();
  if (text === null && scanner.is_inside) throw new Error("the file is cut off: it ends before its array of candles does");
  const envelope = text === null ? undefined : parseJsonLine(text);
  if (Array.isArray(envelope)) return {};
  if (isFields(envelope)) return envelope;
  throw new Error("not one JSON document with an array of candles; name a file with a candle a line .ndjson");
}

async function* scan(file: OpenTextFile, scanner: JsonScan): AsyncGenerator<JsonElement> {
  const decoder = new TextDecoder("utf-8");
  for await (const chunk of file.content) yield* scanner.push(decoder.decode(chunk as Uint8Array, { stream: true }));
  yield* scanner.push(decoder.decode());
}
