import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadRecordedMarket } from "../../../data/sandbox/replay/loadRecordedMarket.ts";
import { candlesOf, jsonOf, sandboxAt } from "./support.ts";

const CSV = [
  "time,volume,mid_o,mid_h,mid_l,mid_c,bid_o,bid_h,bid_l,bid_c,ask_o,ask_h,ask_l,ask_c",
  "2024-01-03T11:00:00Z,20,1.1010,1.1020,1.1000,1.1015,1.1009,1.1019,1.0999,1.1014,1.1011,1.1021,1.1001,1.1016",
  "2024-01-03T10:00:00Z,10,1.1000,1.1012,1.0990,1.1010,1.0999,1.1011,1.0989,1.1009,1.1001,1.1013,1.0991,1.1011",
  "2024-01-03T10:00:00Z,99,1.2,1.2,1.2,1.2,1.2,1.2,1.2,1.2,1.2,1.2,1.2,1.2",
  "2024-01-03T13:00:00Z,40,1.1015,abc,1.1000,1.1005,,,,,,,,",
  "2024-01-03T13:30:00Z,40,1.1015,1.1018,1.1000,1.1005,,,,,,,,",
].join("\n");
const FLAT =
  '{"time":"2024-01-03T10:00:00.000000000Z","instrument":"USD_SGD","granularity":"H1","open":1.33,"high":1.34,"low":1.32,"close":1.335,"volume":5,"bid_open":1.3299,"bid_high":1.3399,"bid_low":1.3199,"bid_close":1.3349,"ask_open":1.3301,"ask_high":1.3401,"ask_low":1.3201,"ask_close":1.3351,"spread":0.0002}';
const ANSWER = {
  instrument: "NZD_USD",
  granularity: "H1",
  candles: [
    { complete: true, volume: 3, time: "2024-01-03T10:00:00.000000000Z", mid: { o: "0.62000", h: "0.62100", l: "0.61900", c: "0.62050" } },
  ],
};

let folder: string;
const lines: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "fx-replay-"));
  lines.length = 0;
});
afterEach(() => rm(folder, { recursive: true }));

async function replay(files: Record<string, string | Uint8Array>, now = "2024-01-03T20:00:00Z") {
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const recorded = await loadRecordedMarket(folder, (line) => lines.push(line));
  return sandboxAt(now, { recorded });
}

describe("replay of recorded candles", () => {
  it("serves each format, plain and gzipped, and simulates the other instruments", async () => {
    const app = await replay({
      "EUR_USD_H1.csv.gz": gzipSync(CSV),
      "USD_SGD_H1_2024.ndjson": `${FLAT}\nnot json\n\n`,
      "NZD_USD_H1.json": JSON.stringify(ANSWER),
      "README.md": "not candles",
    });
    const eur = await candlesOf(app, "EUR_USD", "granularity=H1&count=10&price=MBA");
    expect(eur.map(({ time, volume, mid, bid, ask }) => [time.slice(11, 16), volume, mid!.c, bid!.l, ask!.h])).toEqual([
      ["10:00", 10, "1.10100", "1.09890", "1.10130"],
      ["11:00", 20, "1.10150", "1.09990", "1.10210"],
    ]);
    expect(await candlesOf(app, "USD_SGD", "granularity=H1&count=10&price=BM")).toEqual([
      {
        complete: true,
        volume: 5,
        time: "2024-01-03T10:00:00.000000000Z",
        bid: { o: "1.32990", h: "1.33990", l: "1.31990", c: "1.33490" },
        mid: { o: "1.33000", h: "1.34000", l: "1.32000", c: "1.33500" },
      },
    ]);
    const [kiwi] = await candlesOf(app, "NZD_USD", "granularity=H1&count=10&price=MBA");
    expect(Object.keys(kiwi!)).toEqual(["complete", "volume", "time", "mid"]); // recorded without quotes
    expect(await candlesOf(app, "AUD_USD", "granularity=H1&count=10")).toHaveLength(10);
    expect((await jsonOf(app.request("/sandbox"))).replayed_instruments).toEqual(["EUR_USD", "NZD_USD", "USD_SGD"]);
    expect(lines.join("\n")).toMatch(/EUR_USD_H1.csv.gz: 3 candles, 2 skipped \(first: record 4: wrong_shape: .*abc/);
    expect(lines.join("\n")).toMatch(/EUR_USD: 1 candles dropped/);
    expect(lines.join("\n")).toMatch(/1 skipped \(first: record 2: not_an_object/);
  });

  it("shows no bar before it has ended, and builds longer candles from those that have", async () => {
    const app = await replay({ "EUR_USD_H1.csv": CSV }, "2024-01-03T11:59:59Z");
    expect((await candlesOf(app, "EUR_USD", "granularity=H1&count=10")).map(({ time }) => time.slice(11, 16))).toEqual(["10:00"]);
    expect(await candlesOf(app, "EUR_USD", "granularity=D&count=10")).toMatchObject([{ complete: false, volume: 10 }]);
    const later = await replay({}, "2024-01-05T00:00:00Z");
    expect(await candlesOf(later, "EUR_USD", "granularity=D&from=2023-12-01T00:00:00Z")).toEqual([
      {
        complete: true,
        volume: 30,
        time: "2024-01-02T22:00:00.000000000Z",
        mid: { o: "1.10000", h: "1.10200", l: "1.09900", c: "1.10150" },
      },
    ]);
    expect(await candlesOf(later, "EUR_USD", "granularity=M5&count=5000")).toEqual([]);
    expect(await candlesOf(later, "EUR_USD", "granularity=H1&from=2024-01-03T10:30:00Z&includeFirst=false")).toHaveLength(1);
  });

  it.for<[string, Record<string, string | Uint8Array>, RegExp]>([
    ["an empty folder", {}, /holds no candle file. Name them like USD_SGD_H1.csv/],
    ["two granularities of one instrument", { "EUR_USD_H1.csv": CSV, "EUR_USD_M5.csv": CSV }, /files of H1 and of M5 for EUR_USD/],
    ["a file that is not gzip", { "EUR_USD_H1.csv.gz": CSV }, /EUR_USD_H1.csv.gz cannot be read as csv with gzip: incorrect header check/],
    ["JSON without candles", { "EUR_USD_H1.json": "{}" }, /expected an array of candles/],
  ])("refuses %s", async ([, files, message]) => {
    await expect(replay(files)).rejects.toThrow(message);
  });

  it("refuses a folder that is not there", async () => {
    await expect(loadRecordedMarket(join(folder, "none"), () => undefined)).rejects.toThrow(
      /SANDBOX_CANDLES: the folder .*none cannot be read/,
    );
  });
});
