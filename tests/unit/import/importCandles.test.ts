import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CandleChunk } from "../../../functions/local/import/chunkCandles.ts";
import { findCandleFiles } from "../../../functions/local/import/findCandleFiles.ts";
import { type ImportProgress, importCandles } from "../../../functions/local/import/importCandles.ts";
import type { CandleLabels } from "../../../functions/local/import/placeLine.ts";
import { validateCandle } from "../../../shared/bronze/validateCandle.ts";
import { FIRST_REJECTS, type ImportedCandles } from "../../../shared/contracts/candleImport.ts";
import { HOUR, toIso } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";

const T0 = Date.UTC(2025, 0, 6);
const UNLABELLED: CandleLabels = { instrument: null, granularity: null };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fx-import-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, content);
  return path;
}

const time = (hour: number) => toIso(T0 + hour * HOUR);
const oanda = (hour: number) => ({ complete: true, volume: 5, time: time(hour), mid: { o: "1.1", h: "1.2", l: "1.0", c: "1.1" } });
const csvRow = (hour: number) => `${time(hour)},1.1,1.2,1.0,1.1`;
const hours = (count: number) => Array.from({ length: count }, (_, hour) => hour);
const UNTIMED = { clock: null, onProgress: () => undefined };
const windowOf = (from: number, to: number) => ({ start: T0 + from * HOUR, end: T0 + to * HOUR });

/** Judges each line as the Worker does, and keeps what was sent. */
function worker() {
  const chunks: CandleChunk[] = [];
  const post = async (chunk: CandleChunk): Promise<ImportedCandles> => {
    chunks.push(chunk);
    const lines = chunk.ndjson.trimEnd().split("\n");
    const rejected: Record<string, number> = {};
    const first_rejects: ImportedCandles["first_rejects"] = [];
    let inserted = 0;
    for (const [index, line] of lines.entries()) {
      const outcome = validateCandle(parse(line), chunk, T0 + 90_000 * HOUR);
      if (!("reason" in outcome)) {
        inserted += 1;
        continue;
      }
      rejected[outcome.reason] = (rejected[outcome.reason] ?? 0) + 1;
      if (rejected[outcome.reason]! <= FIRST_REJECTS) first_rejects.push({ line: index + 1, ...outcome });
    }
    return { read: lines.length, inserted, unchanged: 0, replaced: 0, rejected, first_rejects };
  };
  return { chunks, post };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

async function run(paths: readonly string[], labels: CandleLabels = UNLABELLED) {
  const { chunks, post } = worker();
  const progress: ImportProgress[] = [];
  const summary = await importCandles({
    files: await findCandleFiles(paths),
    labels,
    clock: null,
    post,
    onProgress: (one) => progress.push(one),
  });
  return { summary, chunks, progress };
}

const summaryOf = (read: number, written = read, rejected = {}) => ({ read, written, unchanged: 0, replaced: 0, rejected });

describe("importCandles: formats", () => {
  it("reads an answer of OANDA, printed in any way", async () => {
    const answer = { instrument: "EUR_USD", granularity: "H1", candles: [oanda(0), oanda(1)] };
    const backwards = { candles: [oanda(2)], note: 'a "candles": [ in text \\', granularity: "H1", instrument: "EUR_USD" };
    const paths = [
      await file("json/a.json", JSON.stringify(answer, null, 2)),
      await file("json/b.json.gz", gzipSync(JSON.stringify(backwards))),
      await file("json/GBP_USD_H1.json", `\uFEFF [${JSON.stringify(oanda(3))}]`),
    ];
    const { summary, chunks } = await run(paths);
    expect(summary.total).toEqual(summaryOf(4));
    expect(chunks.map(({ instrument, lines, window }) => ({ instrument, lines, window }))).toEqual([
      { instrument: "EUR_USD", lines: 2, window: windowOf(0, 2) },
      { instrument: "EUR_USD", lines: 1, window: windowOf(2, 3) },
      { instrument: "GBP_USD", lines: 1, window: windowOf(3, 4) },
    ]);
    expect(chunks[0]?.ndjson.split("\n").slice(0, 2).map(parse)).toEqual([oanda(0), oanda(1)]);
  });

  it("reads NDJSON: flat records, whole answers, several instruments", async () => {
    const flat = (instrument: string, hour: number) => ({
      time: time(hour),
      instrument,
      granularity: "H1",
      open: 1,
      high: 1,
      low: 1,
      close: 1,
    });
    const lines = [
      flat("USD_SGD", 0),
      flat("EUR_USD", 0),
      flat("USD_SGD", 1),
      { instrument: "USD_JPY", granularity: "H1", candles: [oanda(0), oanda(1)] },
    ];
    const path = await file("mixed.jsonl", `\uFEFF${lines.map((line) => JSON.stringify(line)).join("\r\n\r\n")}`);
    const { summary, chunks } = await run([path]);
    expect(summary.total).toEqual(summaryOf(5));
    expect(chunks.map(({ instrument, lines: count }) => [instrument, count])).toEqual([
      ["USD_SGD", 2],
      ["EUR_USD", 1],
      ["USD_JPY", 2],
    ]);
  });

  it("reads CSV by column names, in any order, and keeps the other columns", async () => {
    const path = await file("USD_CHF_H1.csv", `\uFEFFClose;Bar_Index;Time;Open;High;Low\n1.1;7;${time(0)};1.1;1.2;1.0\n`);
    const { summary, chunks } = await run([path]);
    expect(summary.total).toEqual(summaryOf(1));
    expect(parse(chunks[0]?.ndjson ?? "")).toEqual({ close: "1.1", bar_index: "7", time: time(0), open: "1.1", high: "1.2", low: "1.0" });
  });

  it("sends a large file in requests of at most 5,000 lines, with progress to the end", async () => {
    const content = `time,open,high,low,close\n${hours(12_001).map(csvRow).join("\n")}\n`;
    const { summary, chunks, progress } = await run([await file("NZD_USD_H1.csv.gz", gzipSync(content))]);
    expect(summary.total).toMatchObject({ read: 12_001 });
    expect(chunks.map((chunk) => chunk.lines)).toEqual([5_000, 5_000, 2_001]);
    expect(chunks[1]?.window).toEqual(windowOf(5_000, 10_000));
    expect(progress.at(-1)).toMatchObject({ file: 1, files: 1, bytes: progress[0]?.total_bytes });
    expect(progress.every((one, i) => one.bytes >= (progress[i - 1]?.bytes ?? 0))).toBe(true);
  });

  it("counts what the Worker rejects, by reason, and keeps the text of a broken line", async () => {
    const lines = [oanda(0), { ...oanda(1), complete: false }, { ...oanda(0), time: "2025-01-04T12:00:00Z" }].map((line) =>
      JSON.stringify(line),
    );
    const path = await file("AUD_USD_H1.ndjson", [...lines, '{"time": "2025-', "[1]"].join("\n"));
    const { summary, chunks } = await run([path]);
    expect(summary.total).toEqual(summaryOf(5, 1, { incomplete: 1, market_closed: 1, not_an_object: 2 }));
    expect(chunks[0]?.ndjson).toContain('{"time": "2025-\n');
  });
});

describe("importCandles: labels", () => {
  const row = `time,open,high,low,close\n${csvRow(0)}`;

  it.each([
    ["candles_EUR_USD_M1_MBA.csv", UNLABELLED, "EUR_USD M1"],
    ["USD_SGD_H1_2025H1.csv", UNLABELLED, "USD_SGD H1"],
    ["USD_SGD_H1.csv", { instrument: "USD_SGD", granularity: "H1" } as const, "USD_SGD H1"],
    ["mine.csv", { instrument: "EUR_SGD", granularity: "H1" } as const, "EUR_SGD H1"],
  ])("takes %s given %o as %s", async (name, labels, expected) => {
    const { chunks } = await run([await file(`labels/${name}`, row)], labels);
    expect(chunks.map((chunk) => `${chunk.instrument} ${chunk.granularity}`)).toEqual([expected]);
  });

  it.each<[string, CandleLabels, object, Record<string, number>, string]>([
    [
      "GBP_USD_H1.ndjson",
      UNLABELLED,
      { instrument: "EUR_USD" },
      { wrong_instrument: 1 },
      "instrument: the name of the file says GBP_USD, its content EUR_USD",
    ],
    [
      "rows.ndjson",
      { instrument: "GBP_USD", granularity: "H1" },
      { instrument: "EUR_USD" },
      { wrong_instrument: 1 },
      "instrument: --instrument says GBP_USD, its content EUR_USD",
    ],
    [
      "EUR_USD_H1.ndjson",
      { instrument: "GBP_USD", granularity: null },
      {},
      { wrong_instrument: 1 },
      "instrument: --instrument says GBP_USD, the name of the file EUR_USD",
    ],
    [
      "EUR_USD_H1.ndjson",
      UNLABELLED,
      { granularity: "H4" },
      { wrong_granularity: 1 },
      "granularity: the name of the file says H1, its content H4",
    ],
    [
      "EUR_USD_D.ndjson",
      { instrument: null, granularity: "H1" },
      {},
      { wrong_granularity: 1 },
      "granularity: --granularity says H1, the name of the file D",
    ],
    [
      "EUR_USD_H4.ndjson",
      UNLABELLED,
      {},
      { wrong_granularity: 1 },
      "granularity: the name of the file says H4; stored are M1, M5, M15, M30, H1",
    ],
    [
      "EUR_USD.ndjson",
      UNLABELLED,
      { granularity: "D" },
      { wrong_granularity: 1 },
      "granularity: its content says D; stored are M1, M5, M15, M30, H1",
    ],
  ])("stores no row of %s given %o and %o", async (name, labels, said, rejected, detail) => {
    const { summary } = await run([await file(`contradicted/${name}`, JSON.stringify({ ...oanda(0), ...said }))], labels);
    expect(summary.total).toEqual(summaryOf(1, 0, rejected));
    expect(summary.first_rejects).toMatchObject([{ line: 1, detail }]);
  });

  it("holds the envelope of an answer against its label, for each of its candles", async () => {
    const answer = JSON.stringify({ instrument: "EUR_USD", granularity: "D", candles: [oanda(0), oanda(24)] });
    const paths = [await file("envelope/USD_SGD_H1.json", answer), await file("envelope/USD_SGD_H1.ndjson", answer)];
    const { summary } = await run(paths);
    expect(summary.total).toEqual(summaryOf(4, 0, { wrong_instrument: 4 }));
    const { summary: second } = await run([await file("envelope/EUR_USD_H1.json", answer)]);
    expect(second.total).toEqual(summaryOf(2, 0, { wrong_granularity: 2 }));
  });

  it.each([
    ["mine.csv", row, /mine\.csv: line 2: nothing says which instrument it is\. Give --instrument, a pair such as USD_SGD/],
    ["EUR_USD.csv", row, /EUR_USD\.csv: line 2: nothing says which granularity it is\. Give --granularity, one of M1/],
    ["gold.ndjson", JSON.stringify({ ...oanda(0), instrument: "gold" }), /line 1: instrument "gold" is not a pair such as USD_SGD$/],
  ])("asks for what nothing says: %s", async (name, content, message) => {
    const { summary } = await run([await file(`unlabelled/${name}`, content)]);
    expect(summary.files[0]?.error?.message).toMatch(message);
    expect(summary.total.read).toBe(0);
  });

  it("ends a file whose rows are spaced otherwise than its label says, before anything of it is sent", async () => {
    const days = [0, 1, 2, 3].map((day) => csvRow(24 * day)).join("\n");
    const { summary, chunks } = await run([await file("spacing/EUR_USD_H1.csv", `time,open,high,low,close\n${days}\n`)]);
    expect(chunks).toEqual([]);
    expect(summary.files[0]?.error?.message).toMatch(
      /lines 2 to 5: the rows of EUR_USD are 24 h of market hours apart, and bars of H1 are 1 h/,
    );
  });
});

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
