import { zstdCompressSync } from "node:zlib";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import { HOUR, toIso } from "../../../shared/domain/instant.ts";
import { addNewsRows, addRows, goldRow, INSTRUMENTS, newsRow } from "../models/servingFixture.ts";
import { createTestPorts, type TestPorts } from "../ports/testPorts.ts";
import { createTestApp, type TestApp } from "./testApp.ts";

export const NOON = Date.UTC(2025, 5, 25, 12);
export const PATH = "/get-historical-features";
export const REFS = "market_features:ret_1,news_features:pair_directional_signal";
export const at = (hours: number) => toIso(NOON + hours * HOUR);
export const entities = (...moments: string[]) => ({ instrument: moments.map(() => "USD_SGD"), event_timestamp: moments });
export const linesOf = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** A store with rows of the market at NOON and an hour later, and one of the news at NOON; four days later. */
export async function createHistory(): Promise<{ readonly ports: TestPorts; readonly app: TestApp }> {
  const ports = await createTestPorts({ now: NOON + 100 * HOUR, config: { instruments: INSTRUMENTS } });
  await addRows(ports, [goldRow(NOON, 0.5), goldRow(NOON + HOUR, -0.25)]);
  await addNewsRows(ports, [newsRow(NOON, 0.125)]);
  return { ports, app: createTestApp(ports) };
}

/** Entity rows as a Parquet file, with its column of times as a test wants it. */
export function parquetOf(
  times: readonly string[],
  {
    codec = "UNCOMPRESSED",
    is_utc = true,
    time = {},
  }: { codec?: "UNCOMPRESSED" | "SNAPPY" | "ZSTD"; is_utc?: boolean; time?: Record<string, unknown> } = {},
): Uint8Array {
  const writer = new ByteWriter();
  const file = new ParquetWriter({
    writer,
    codec,
    compressors: { ZSTD: (page) => zstdCompressSync(page) },
    schema: [
      { name: "schema", num_children: 2 },
      { name: "instrument", type: "BYTE_ARRAY", repetition_type: "OPTIONAL", converted_type: "UTF8" },
      {
        ...{ name: "event_timestamp", type: "INT64", repetition_type: "OPTIONAL" },
        logical_type: { type: "TIMESTAMP", isAdjustedToUTC: is_utc, unit: "MICROS" },
        ...time,
      },
    ],
  });
  const data = times.map((text) => (text === "" ? null : BigInt(Date.parse(text)) * 1_000n));
  file.write({
    columnData: [
      { name: "instrument", data: times.map(() => "USD_SGD") },
      { name: "event_timestamp", data },
    ],
  });
  file.finish();
  return writer.getBytes();
}
