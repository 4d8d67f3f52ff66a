import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { syntheticBars } from "../../../data/golden/syntheticBars.ts";
import type { Bar } from "../../../shared/domain/bar.ts";
import { DAY, HOUR, WEEK } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { toBarSeries } from "../../../shared/features/barSeries.ts";
import { buildRows } from "../../../shared/features/buildRows.ts";
import { shareColumns } from "../../../shared/features/columns/sharedColumns.ts";
import { defineFeature, type MarketFeature } from "../../../shared/features/defineFeature.ts";
import { computeRow, defineView, type FeatureView } from "../../../shared/features/featureView.ts";
import { createMarketWindow } from "../../../shared/features/marketWindow.ts";
import { marketFeatures, SILVER_VIEWS } from "../../../shared/features/registry.ts";
import { retiredMarketFeatures } from "../../../shared/features/retiredViews.ts";
import { hasRealBars, realDollarPair, realUsdSgd } from "../../leakage/realBars.ts";
import { type Oddities, oddBars } from "../../support/market/oddBars.ts";

type Market = ReadonlyMap<Instrument, readonly Bar[]>;

/** From before New York's change to summer time on. */
const START = Date.UTC(2025, 1, 3);

/** Every feature of every view that is built, in the present schema and the earlier ones, once. */
function allFeatures(legs: readonly Instrument[]): readonly MarketFeature[] {
  const views = [...SILVER_VIEWS, marketFeatures(legs), ...retiredMarketFeatures(legs)];
  return [...new Map(views.flatMap((view) => view.features).map((feature) => [feature.column ?? feature, feature])).values()];
}

/** Names of the features of which a column differs from `compute`, with the first row in which it does. */
function differing(market: Market, instrument: Instrument, step = 1): string[] {
  const legs = new Map([...market].map(([name, bars]) => [name, toBarSeries(bars)]));
  const series = legs.get(instrument)!;
  const shared = shareColumns(instrument, series, legs);
  return allFeatures([...market.keys()]).flatMap(({ name, version, column, compute }) => {
    const values = shared.of(column!);
    if (values.length !== series.length) return [`${name}@${version}: ${values.length} values of ${series.length} bars`];
    for (let t = series.length - 1; t >= 0; t -= step) {
      const computed = compute(createMarketWindow(instrument, series, t, legs)) ?? Number.NaN;
      if (!Object.is(values[t], computed)) return [`${name}@${version} in row ${t}: ${values[t]}, computed ${computed}`];
    }
    return [];
  });
}

const LEGS = ["USD_SGD", "EUR_USD", "USD_JPY", "EUR_SGD"] as const;
const ORDINARY: Oddities = { seed: 1, bars: 1_000, start: START, gap_share: 0.01, flat_share: 0, quoteless_share: 0 };

function oddMarket(oddities: Partial<Oddities>): Market {
  return new Map(LEGS.map((leg, i) => [leg, oddBars(leg, { ...ORDINARY, ...oddities, seed: (oddities.seed ?? 1) + i })]));
}

describe("columns", () => {
  it("every feature of the registry has one", () => {
    const without = allFeatures(LEGS).filter(({ column }) => column === null);
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  const short = (bars: number): Market => oddMarket({ bars });
  it.each<[string, Market, readonly Instrument[]]>([
    ["an ordinary market", oddMarket({}), LEGS],
    ["a market that stands still for days", oddMarket({ flat_share: 0.5 }), ["USD_SGD"]],
    ["a market that never moves", oddMarket({ flat_share: 1 }), ["USD_SGD"]],
    ["stretches without quotes or volume", oddMarket({ quoteless_share: 0.4 }), ["USD_SGD"]],
    ["holes everywhere", oddMarket({ gap_share: 0.4 }), ["USD_SGD", "EUR_USD"]],
    ["one bar", short(1), ["USD_SGD"]],
    ["two bars", short(2), ["USD_SGD"]],
    ["three bars", short(3), ["USD_SGD"]],
    ["some bars", short(57), ["USD_SGD"]],
    ["one row of the longest look-back", short(722), ["USD_SGD"]],
    ["an instrument alone", new Map([["USD_SGD", oddBars("USD_SGD", ORDINARY)]]), ["USD_SGD"]],
    ["a leg without bars", new Map([...oddMarket({}), ["EUR_USD", []]]), ["USD_SGD"]],
    [
      "legs that begin and end at other times",
      new Map(
        LEGS.map(
          (leg, i) => [leg, oddBars(leg, { ...ORDINARY, seed: i, start: START + (i - 1) * 9 * DAY, bars: 1_000 - 150 * i })] as const,
        ),
      ),
      LEGS,
    ],
    [
      "bars of one hour of the week alone",
      new Map([
        ["USD_SGD", syntheticBars("USD_SGD", { seed: 3, bars: 800, start: START }).map((bar, i) => ({ ...bar, start: START + i * WEEK }))],
        ["EUR_USD", oddBars("EUR_USD", ORDINARY)],
      ]),
      ["USD_SGD"],
    ],
  ])("give what compute gives, to the bit: %s", (_name, market, instruments) => {
    for (const instrument of instruments) expect(differing(market, instrument), instrument).toEqual([]);
  });

  it("give what compute gives, to the bit, in any market", () => {
    const share = fc.constantFrom(0, 0.02, 0.1, 0.3);
    const markets = fc.record({
      seed: fc.nat(1e6),
      bars: fc.integer({ min: 1, max: 900 }),
      gap_share: share,
      flat_share: share,
      quoteless_share: share,
    });
    fc.assert(
      fc.property(markets, fc.constantFrom(...LEGS), (oddities, instrument) => {
        expect(differing(oddMarket(oddities), instrument, 3)).toEqual([]);
      }),
      { numRuns: 12, seed: 9 },
    );
  });

  it.skipIf(!hasRealBars)("give what compute gives, to the bit, on recorded bars (../shared/data/candles, where it is there)", () => {
    const pairs = ["EUR_USD", "GBP_USD", "USD_JPY", "AUD_USD"];
    const market = new Map(pairs.map((pair) => [pair, realDollarPair(pair, 10_000, 3_000)]));
    for (const pair of pairs) expect(differing(market, pair, 7), pair).toEqual([]);
    expect(differing(new Map([["USD_SGD", realUsdSgd()]]), "USD_SGD", 3)).toEqual([]);
  });

  it.each(LEGS)("what stands in a row of %s does not change when later bars are cut off, or are others", (instrument) => {
    const market = oddMarket({ quoteless_share: 0.1 });
    const own = market.get(instrument)!;
    const columnsOf = (bars: Market) => {
      const legs = new Map([...bars].map(([name, list]) => [name, toBarSeries(list)]));
      const shared = shareColumns(instrument, legs.get(instrument)!, legs);
      return allFeatures(LEGS).map(({ name, column }) => [name, shared.of(column!)] as const);
    };
    const whole = columnsOf(market);
    for (const last of [3, 60, 301, 722, 801, own.length - 2]) {
      const until = own[last]!.start;
      const cut = new Map([...market].map(([name, bars]) => [name, bars.filter(({ start }) => start <= until)]));
      const wild = oddMarket({ seed: 77, flat_share: 0.5, gap_share: 0.3 });
      const changed = new Map([...cut].map(([name, bars]) => [name, [...bars, ...wild.get(name)!.filter(({ start }) => start > until)]]));
      for (const others of [columnsOf(cut), columnsOf(changed)]) {
        const names = others.flatMap(([name, column], i) =>
          column.subarray(0, last + 1).every((value, t) => Object.is(value, whole[i]![1][t])) ? [] : [name],
        );
        expect(names, `after row ${last}`).toEqual([]);
      }
    }
  });
});

describe("rows", () => {
  const market = oddMarket({ bars: 900 });
  const legs = new Map([...market].map(([name, bars]) => [name, toBarSeries(bars)]));
  const series = legs.get("USD_SGD")!;
  const view = marketFeatures(LEGS);
  const computed = (of: FeatureView, t: number) => computeRow(of, createMarketWindow("USD_SGD", series, t, legs));
  const rowsOf = (of: FeatureView, first: number, last: number) =>
    buildRows(of, "USD_SGD", series, legs, { start: series.start[first]!, end: series.start[last]! + HOUR });

  it.each([1, 24, 25, 150])("%d of them are the same, computed or by columns", (count) => {
    const rows = rowsOf(view, 900 - count, 899);
    expect(rows).toHaveLength(count);
    for (const [i, row] of rows.entries()) expect(row.values, String(i)).toEqual(computed(view, 900 - count + i));
  });

  it("of a feature without a column are computed, from no more bars than the view shows", () => {
    const length = defineFeature({
      name: "seen",
      version: 1,
      unit: "bars",
      lookback_bars: 3,
      description: "Bars seen.",
      compute: (w) => w.length,
    });
    const mixed = defineView("mixed", 1, [view.features[1]!, { ...length, compute: (w) => w.length, lookback_bars: 3 }]);
    expect(mixed.features[1]!.column).toBeNull();
    const rows = rowsOf(mixed, 800, 899);
    for (const [i, row] of rows.entries()) expect(row.values).toEqual(computed(mixed, 800 + i));
    expect(rows[0]!.values[1]).toBe(3);
  });
});
