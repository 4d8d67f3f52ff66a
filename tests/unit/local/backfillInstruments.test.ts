import { describe, expect, it } from "vitest";
import { backfillInstruments } from "../../../functions/local/commands/backfillInstruments.ts";

const row = (instrument: string, first: string, last: string, granularity = "H1") => ({
  instrument,
  granularity,
  first_start: `${first}T00:00:00Z`,
  last_start: `${last}T23:00:00Z`,
  bars: 1,
});
const store = {
  coverage: [
    row("USD_SGD", "2025-01-01", "2025-06-30"),
    row("NZD_USD", "2022-07-01", "2025-06-30"),
    row("EUR_USD", "2018-01-01", "2024-12-31"),
    row("GBP_USD", "2025-07-01", "2025-12-31"),
    row("USD_CAD", "2025-01-01", "2025-06-30", "M15"),
  ],
};
const window = { start: Date.parse("2025-01-01T00:00:00Z"), end: Date.parse("2025-07-01T00:00:00Z") };

describe("backfillInstruments", () => {
  it("takes every instrument with hourly candles in the window, in order, whether it is configured or not", () => {
    expect(backfillInstruments(store, window, null)).toEqual(["NZD_USD", "USD_SGD"]);
  });

  it("counts the first and the last bar as in the window", () => {
    const hour = (text: string) => Date.parse(text);
    expect(backfillInstruments(store, { start: hour("2024-12-31T23:00:00Z"), end: hour("2025-01-01T00:00:00Z") }, null)).toContain(
      "EUR_USD",
    );
    expect(backfillInstruments(store, { start: window.start, end: window.end + 1 }, null)).toContain("GBP_USD");
  });

  it("takes those that were asked for, and names one that has no candles then", () => {
    expect(backfillInstruments(store, window, ["USD_SGD"])).toEqual(["USD_SGD"]);
    expect(() => backfillInstruments(store, window, ["EUR_USD", "USD_SGD"])).toThrow(
      /^EUR_USD has no hourly candles from 2025-01-01 to 2025-06-30\. The store holds USD_SGD \(2025-01-01 to 2025-06-30\), NZD_USD/,
    );
  });

  it("says what to do when there is none at all", () => {
    expect(() => backfillInstruments({ coverage: [] }, window, null)).toThrow(
      "No instrument has hourly candles from 2025-01-01 to 2025-06-30. The store holds none yet: fx import candles FILE.",
    );
  });
});
