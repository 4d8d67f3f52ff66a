import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { CandleChunk } from "../../../functions/local/import/chunkCandles.ts";
import { findCandleFiles } from "../../../functions/local/import/findCandleFiles.ts";
import { importCandles } from "../../../functions/local/import/importCandles.ts";
import { validateCandle } from "../../../shared/bronze/validateCandle.ts";
import { localTime } from "../../../shared/domain/timeZone.ts";

const FOLDER = fileURLToPath(new URL("../../../../shared/data/candles/", import.meta.url));
const NOW = Date.UTC(2025, 6, 1);

/** Reads the files as the importer does, and judges each line as the Worker does. */
async function judge(name: string) {
  const rejected: { reason: string; detail: string; start: number }[] = [];
  let bars = 0;
  const post = async (chunk: CandleChunk) => {
    for (const line of chunk.ndjson.trimEnd().split("\n")) {
      const raw = JSON.parse(line);
      const outcome = validateCandle(raw, chunk, NOW);
      if ("reason" in outcome) rejected.push({ ...outcome, start: Date.parse(raw.time) });
      else bars += 1;
    }
    return { read: chunk.lines, inserted: 0, unchanged: 0, rejected: {} };
  };
  const files = await findCandleFiles([FOLDER + name]);
  const { total, files: summaries } = await importCandles({
    files,
    labels: { instrument: null, granularity: null },
    post,
    onProgress: () => undefined,
  });
  expect(summaries.filter((file) => file.error)).toEqual([]);
  return { read: total.read, bars, rejected, files: files.length };
}

describe.skipIf(!existsSync(FOLDER))("real candles (skipped where ../shared/data/candles is absent)", () => {
  it("believes every bar of USD_SGD 2025", async () => {
    expect(await judge("USD_SGD_H1_2025H1.ndjson.gz")).toEqual({ read: 3_075, bars: 3_075, rejected: [], files: 1 });
  });

  it.each([
    ["mba_2018_2024", 4, 149_346],
    ["mid_2022_2025", 7, 115_998],
  ])("believes every bar of %s but those of a closed market", async (name, count, lines) => {
    const { read, bars, rejected, files } = await judge(name);
    expect([files, read, bars + rejected.length]).toEqual([count, lines, lines]);
    expect(rejected.filter((one) => one.reason !== "closed_market")).toEqual([]);
    expect(rejected.length).toBeLessThan(read / 100);
    // What is refused stands on the first hour of the weekend, Friday 17:00 New York.
    const places = new Set(
      rejected.map(({ start }) => `${localTime("America/New_York", start).weekday} ${localTime("America/New_York", start).hour}`),
    );
    expect([...places]).toEqual(rejected.length > 0 ? ["5 17"] : []);
  });
});
