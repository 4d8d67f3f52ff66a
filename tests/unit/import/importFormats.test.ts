import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { csvRow, file, hours, oanda, parse, run, summaryOf, time, windowOf } from "../../support/market/candleImport.ts";

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
