import { describe, expect, it } from "vitest";
import type { Bar } from "../../shared/domain/bar.ts";
import { toBarSeries } from "../../shared/features/barSeries.ts";
import { buildRowsOf } from "../../shared/features/buildRows.ts";
import { checkRows } from "../../shared/features/checks/checkRows.ts";
import { marketFeatures, SILVER_VIEWS } from "../../shared/features/registry.ts";
import { oddBars } from "../support/market/oddBars.ts";
import { hasRealBars, realDollarPair, realUsdSgd } from "./realBars.ts";

/** What the checks of every build find wrong with the rows of all views of every pair. */
function found(market: ReadonlyMap<string, readonly Bar[]>): unknown[] {
  const legs = new Map([...market].map(([pair, bars]) => [pair, toBarSeries(bars)]));
  const views = [...SILVER_VIEWS, marketFeatures([...market.keys()])];
  return [...legs].flatMap(([pair, series]) => {
    const rows = buildRowsOf(views, pair, series, legs, { start: 0, end: Number.MAX_SAFE_INTEGER });
    return views.flatMap((view, index) => checkRows(view, rows[index]!, { expected: series.length, before: 0 }).violations);
  });
}

/** No check cries wolf: neither on an odd market nor on a real one. */
describe("the checks of rows find nothing wrong", () => {
  const ORDINARY = { bars: 1_500, start: Date.UTC(2025, 1, 3), gap_share: 0.01, flat_share: 0, quoteless_share: 0 };
  it.each([
    ["an ordinary market", {}],
    ["a market that stands still for days", { flat_share: 0.5 }],
    ["a market that never moves", { flat_share: 1 }],
    ["stretches without quotes or volume", { quoteless_share: 0.4 }],
    ["no quote at all", { quoteless_share: 1 }],
    ["holes everywhere", { gap_share: 0.4 }],
  ])("with %s", (_name, oddities) => {
    const pairs = ["USD_SGD", "EUR_USD", "USD_JPY"];
    expect(found(new Map(pairs.map((pair, seed) => [pair, oddBars(pair, { ...ORDINARY, ...oddities, seed })])))).toEqual([]);
  });

  it.skipIf(!hasRealBars)("with recorded bars of two years (../shared/data/candles, where they are there)", () => {
    const pairs = ["EUR_USD", "GBP_USD", "USD_JPY", "AUD_USD"];
    // The spring of 2020 is among them.
    expect(found(new Map(pairs.map((pair) => [pair, realDollarPair(pair, 6_000, 12_000)])))).toEqual([]);
    const own = realUsdSgd();
    expect(found(new Map([["USD_SGD", own]]))).toEqual([]);
    expect(found(new Map([["USD_SGD", own.map((bar) => ({ ...bar, bid: null, ask: null, volume: null }))]]))).toEqual([]);
  });
});
