import { describe, expect, it } from "vitest";
import type { Bar } from "../../../../shared/domain/bar.ts";
import type { Instrument } from "../../../../shared/domain/instrument.ts";
import { toBarSeries } from "../../../../shared/features/barSeries.ts";
import { buildRows } from "../../../../shared/features/buildRows.ts";
import { earlierIndexes } from "../../../../shared/features/earlierIndexes.ts";
import { joinIndexes } from "../../../../shared/features/joinIndexes.ts";
import { computeOnDemand } from "../../../../shared/features/onDemand/onDemandFeature.ts";
import { onDemandLag } from "../../../../shared/features/onDemand/onDemandLag.ts";
import { timesOf } from "../../../../shared/features/pointInTimeJoin.ts";
import { marketFeatures } from "../../../../shared/features/registry.ts";
import { hasRealBars, realDollarPair, realUsdSgd } from "../../../leakage/realBars.ts";
import { oddBars } from "../../../support/market/oddBars.ts";

/** Of every stored lag in every row the first that the lag on demand, of the same rows, does not give to the bit; and how many were held. */
function compare(market: ReadonlyMap<Instrument, readonly Bar[]>, instrument: Instrument) {
  const view = marketFeatures([...market.keys()]);
  const legs = new Map([...market].map(([name, bars]) => [name, toBarSeries(bars)]));
  const series = legs.get(instrument)!;
  const rows = buildRows(view, instrument, series, legs, { start: 0, end: Number.MAX_SAFE_INTEGER });
  const moments = Float64Array.from(rows, ({ event_time }) => event_time);
  const joined = joinIndexes(moments, timesOf(rows), view);
  const place = (name: string) => view.features.findIndex((feature) => feature.name === name);
  let held = 0;
  const differing = view.features.flatMap((lag, at) => {
    const [, name, bars] = /^(.+)_lag_(\d+)$/.exec(lag.name) ?? [];
    if (name === undefined) return [];
    const on_demand = onDemandLag(view.name, view.features[place(name)]!, Number(bars));
    const { version, unit, description } = lag;
    expect(on_demand).toMatchObject({ name: lag.name, version, unit, description });
    const earlier = earlierIndexes(moments, joined, timesOf(rows), Number(bars));
    const wrong = rows.findIndex(({ values }, row) => {
      const value = computeOnDemand(on_demand, () => rows[earlier[row]!]?.values[place(name)] ?? Number.NaN);
      if (!Number.isNaN(value)) held += 1;
      return !Object.is(value, values[at]);
    });
    return wrong === -1 ? [] : [`${lag.name} in row ${wrong}`];
  });
  return { differing, held };
}

describe("lags on demand", () => {
  it("are the stored lags to the bit, over gaps and hours without quotes", () => {
    const oddities = { bars: 600, start: Date.UTC(2025, 1, 3), gap_share: 0.05, flat_share: 0.02, quoteless_share: 0.1 };
    const market = new Map(["USD_SGD", "EUR_USD"].map((pair, seed) => [pair, oddBars(pair, { ...oddities, seed })]));
    for (const pair of market.keys()) {
      const { differing, held } = compare(market, pair);
      expect(differing, pair).toEqual([]);
      expect(held, pair).toBeGreaterThan(4_000);
    }
  });

  it.skipIf(!hasRealBars)("are the stored lags to the bit on recorded bars (../shared/data/candles, where it is there)", () => {
    const pairs = ["EUR_USD", "GBP_USD", "USD_JPY"];
    const market = new Map(pairs.map((pair) => [pair, realDollarPair(pair, 10_000, 3_000)]));
    for (const pair of pairs) expect(compare(market, pair).differing, pair).toEqual([]);
    const { differing, held } = compare(new Map([["USD_SGD", realUsdSgd()]]), "USD_SGD");
    expect(differing).toEqual([]);
    expect(held).toBeGreaterThan(20_000);
  });
});
