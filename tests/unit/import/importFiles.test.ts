import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { findCandleFiles } from "../../../functions/local/import/findCandleFiles.ts";
import { importCandles } from "../../../functions/local/import/importCandles.ts";
import { AppError } from "../../../shared/errors.ts";
import { csvRow, file, folder, hours, run, UNLABELLED, UNTIMED } from "../../support/market/candleImport.ts";

describe("importCandles: files", () => {
  it("takes a folder with all below it, sorted, each file once", async () => {
    const row = `time,open,high,low,close\n${csvRow(0)}`;
    const second = await file("tree/b/EUR_USD_H1.csv", row);
    const first = await file("tree/a/USD_SGD_H1.csv", row);
    await file("tree/readme.txt", "no candles");
    const files = await findCandleFiles([join(folder, "tree"), second]);
    expect(files.map((one) => one.path)).toEqual([first, second]);
  });

  it.each([
    ["absent.csv", "not_found", /absent\.csv: there is no such file or folder/],
    ["notes.txt", "invalid_request", /notes\.txt: not a candle file \(expected \.json/],
    ["empty", "not_found", /empty: the folder holds no candle file/],
  ])("refuses %s", async (name, code, message) => {
    await file("notes.txt", "x");
    await mkdir(join(folder, "empty"), { recursive: true });
    await expect(findCandleFiles([join(folder, name)])).rejects.toMatchObject({ code, message });
  });

  const truncated = gzipSync(`time,open,high,low,close\n${hours(20_000).map(csvRow).join("\n")}`);
  it.each<[string, string | Uint8Array, RegExp]>([
    [
      "USD_SGD_H1.csv",
      "day,price\n1,2\n",
      /line 1: the header has no column time, and none of open, mid_o or bid_o; it has day, price\. Wanted: time, and open/,
    ],
    [
      "USD_SGD_H1.csv.gz",
      truncated.subarray(0, truncated.length - 2_000),
      /after line \d+: the gzip data is cut off or damaged: unexpected end of file/,
    ],
    ["USD_SGD_H1_plain.ndjson.gz", "not gzip", /the gzip data is cut off or damaged: incorrect header check/],
    ["USD_SGD_H1.json", '{"candles": [{"time": 1}', /the file is cut off: it ends before its array of candles does/],
    ["USD_SGD_H1_row.csv", `time,open,high,low,close\n${"1".repeat(70_000)}`, /line 2 is longer than 64 kB: one candle a line/],
    [
      "USD_SGD_H1_bomb.csv.gz",
      gzipSync(`time,open,high,low,close\n${`${" ".repeat(1_000)}\n`.repeat(40_000)}`),
      /unpacks to more than 200 times its size/,
    ],
    ["USD_SGD_H1_lines.json", '{"time": 1}\n{"time": 2}', /name a file with a candle a line \.ndjson/],
    ["USD_SGD_H1_other.json", '{"bars": [1]}', /array of candles/],
    ["USD_SGD_H1_endless.json", `{"candles": ["${"x".repeat(1_100_000)}`, /line 1: 1 MB without the end of a candle/],
  ])("says what is wrong with %s, and goes on with the next file", async (name, content, message) => {
    const bad = await file(`bad/${name}`, content);
    const good = await file("bad/EUR_USD_H1.csv", `time,open,high,low,close\n${csvRow(0)}`);
    const { summary } = await run([bad, good]);
    expect(summary.files[0]?.error).toMatchObject({ code: "invalid_candle", message: expect.stringMatching(message) });
    expect(summary.files[0]?.error?.message).toContain(bad);
    expect(summary.files[1]).toMatchObject({ error: null, written: 1 });
  });

  it("sends what came before a file breaks off", async () => {
    const { summary, chunks } = await run([await file("cut/USD_SGD_H1.csv.gz", truncated.subarray(0, truncated.length - 2_000))]);
    const sent = chunks.reduce((sum, chunk) => sum + chunk.lines, 0);
    expect(sent).toBeGreaterThan(15_000);
    expect(summary.files[0]).toMatchObject({ read: sent });
    expect(summary.files[0]?.error?.message).toContain(`after line ${sent + 1}:`);
  });

  it("ends when the Worker refuses", async () => {
    const path = await file("refused/USD_SGD_H1.csv", `time,open,high,low,close\n${csvRow(0)}`);
    const refusal = new AppError("mixed_markets", "simulated prices");
    const post = () => Promise.reject(refusal);
    await expect(importCandles({ files: await findCandleFiles([path]), labels: UNLABELLED, post, ...UNTIMED })).rejects.toBe(refusal);
  });
});
