import { type CandleLine, isFields, parseJsonLine } from "./candleLine.ts";
import { convertBatches } from "./convertBatches.ts";
import { FlatRecords } from "./flatRecords.ts";
import { type JsonElement, JsonScan } from "./jsonScan.ts";
import type { OpenTextFile } from "./openTextFile.ts";
import { readRecord } from "./readRecord.ts";
import type { ReadContext } from "./timeReader.ts";

/**
 * One answer of OANDA, or a plain array of candles. Read twice, since instrument and granularity may stand behind the
 * candles and no candle is kept meanwhile.
 */
export async function* readOandaJson(
  open: () => OpenTextFile,
  file: OpenTextFile,
  { times }: ReadContext,
): AsyncGenerator<readonly CandleLine[]> {
  const envelope = await readEnvelope(open());
  const flat = new FlatRecords(times);
  yield* convertBatches<JsonElement, CandleLine>(scan(file, new JsonScan()), ({ line, text }, give) => {
    const known = flat.read(line, text, envelope);
    if (known !== null) return give(known);
    const record = parseJsonLine(text);
    flat.learn(text, record);
    give(readRecord({ line, text, record, envelope }, times));
  });
}

async function readEnvelope(file: OpenTextFile): Promise<Readonly<Record<string, unknown>>> {
  const scanner = new JsonScan();
  try {
    for await (const _elements of scan(file, scanner));
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

async function* scan(file: OpenTextFile, scanner: JsonScan): AsyncGenerator<readonly JsonElement[]> {
  const decoder = new TextDecoder("utf-8");
  for await (const piece of file.content) yield scanner.push(decoder.decode(piece as Uint8Array, { stream: true }));
  yield scanner.push(decoder.decode());
}
