import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { CandleChunk } from "../../../functions/local/import/chunkCandles.ts";
import { findCandleFiles } from "../../../functions/local/import/findCandleFiles.ts";
import { importCandles } from "../../../functions/local/import/importCandles.ts";
import { findSpikes, SPIKE_GUARD } from "../../../shared/bronze/findSpikes.ts";
import { validateCandle } from "../../../shared/bronze/validateCandle.ts";
import type { Bar } from "../../../shared/domain/bar.ts";
import { localTime } from "../../../shared/domain/timeZone.ts";

const FOLDER = fileURLToPath(new URL("../../../../shared/data/candles/", import.meta.url));
const NOW = Date.UTC(2025, 6, 1);

/** Reads the files as the importer does, and judges each line as the Worker does. */
async function judge(name: string) {
  const rejected: { reason: string; detail: string; start: number }[] = [];
  const bars: Bar[] = [];
  const post = async (chunk: CandleChunk) => {
    for (const line of chunk.ndjson.trimEnd().split("\n")) {
      const raw = JSON.parse(line);
      const outcome = validateCandle(raw, chunk, NOW);
      if ("reason" in outcome) rejected.push({ ...outcome, start: Date.parse(raw.time) });
      else bars.push(outcome);
    }
    return { read: chunk.lines, inserted: 0, unchanged: 0, replaced: 0, rejected: {}, first_rejects: [] };
  };
  const files = await findCandleFiles([FOLDER + name]);
  const { total, files: summaries } = await importCandles({
    files,
    labels: { instrument: null, granularity: null },
    clock: null,
    post,
    onProgress: () => undefined,
  });
  expect(summaries.filter((file) => file.error)).toEqual([]);
  const spikes = [...Map.groupBy(bars, (bar) => bar.instrument).values()].flatMap((own) => findSpikes(own, [], SPIKE_GUARD));
  const notes = summaries.flatMap((file) => file.notes);
  return { read: total.read, bars: bars.length, rejected, spikes: spikes.filter((spike) => spike !== null), notes, files: files.length };
}

describe.skipIf(!existsSync(FOLDER))("real candles (skipped where ../shared/data/candles is absent)", () => {
  it("believes every bar of USD_SGD 2025", async () => {
    expect(await judge("USD_SGD_H1_2025H1.ndjson.gz")).toEqual({
      read: 3_075,
      bars: 3_075,
      rejected: [],
      spikes: [],
      notes: [],
      files: 1,
    });
  });

  it.each([
    ["mba_2018_2024", 4, 149_346],
    ["mid_2022_2025", 7, 115_998],
  ])("believes every bar of %s but those of a closed market", async (name, count, lines) => {
    const { read, bars, rejected, spikes, notes, files } = await judge(name);
    // No bar stands alone by the guard, and no clock is taken for another one.
    expect({ spikes, notes }).toEqual({ spikes: [], notes: [] });
    expect([files, read, bars + rejected.length]).toEqual([count, lines, lines]);
    expect(rejected.filter((one) => one.reason !== "market_closed")).toEqual([]);
    expect(rejected.length).toBeLessThan(read / 100);
    // What is refused stands on the first hour of the weekend, Friday 17:00 New York, or (one bar) of Christmas, as the day before ends.
    const places = new Set(
      rejected.map(({ start }) => `${localTime("America/New_York", start).weekday} ${localTime("America/New_York", start).hour}`),
    );
    expect([...places].filter((place) => place !== "5 17" && place !== "4 17")).toEqual([]);
    expect(rejected.filter(({ start }) => localTime("America/New_York", start).weekday === 4).length).toBeLessThan(2);
  });
});
