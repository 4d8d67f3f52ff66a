import { describe, expect, it } from "vitest";
import type { CandleLabels } from "../../../functions/local/import/placeLine.ts";
import { csvRow, file, oanda, run, summaryOf, UNLABELLED } from "../../support/market/candleImport.ts";

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
