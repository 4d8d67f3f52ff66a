import { describe, expect, it } from "vitest";
import { lcg, syntheticBars } from "../../data/golden/syntheticBars.ts";
import type { Bar, Ohlc } from "../../shared/domain/bar.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { toBarSeries } from "../../shared/features/barSeries.ts";
import { computeRow, type FeatureView } from "../../shared/features/featureView.ts";
import { createMarketWindow } from "../../shared/features/marketWindow.ts";
import { marketFeatures } from "../../shared/features/registry.ts";
import { hasRealBars, realDollarPair, realUsdSgd } from "./realBars.ts";

/** Bars of several instruments, and the instrument whose rows are held to their history. */
interface Market {
  readonly instrument: Instrument;
  readonly bars: ReadonlyMap<Instrument, readonly Bar[]>;
}

function synthetic(): Market {
  const legs = ["USD_SGD", "EUR_USD", "USD_JPY", "EUR_SGD"];
  const start = Date.UTC(2025, 1, 3);
  const bars = legs.map((leg, i) => [leg, syntheticBars(leg, { seed: 40 + i, bars: 1_000, start, gap_share: 0.01 })] as const);
  return { instrument: "USD_SGD", bars: new Map(bars) };
}

function recordedUsdSgd(): Market {
  return { instrument: "USD_SGD", bars: new Map([["USD_SGD", realUsdSgd()]]) };
}

function recordedDollarPairs(): Market {
  const pairs = ["EUR_USD", "GBP_USD", "USD_JPY", "AUD_USD"];
  // From November 2019 on: over Christmas and the change to summer time of March 2020.
  return { instrument: "GBP_USD", bars: new Map(pairs.map((pair) => [pair, realDollarPair(pair, 10_000, 3_000)])) };
}

function rowAt(view: FeatureView, market: Market, start: number, change: (bars: readonly Bar[]) => readonly Bar[]): Float64Array {
  const series = new Map([...market.bars].map(([name, bars]) => [name, toBarSeries(change(bars))]));
  const own = series.get(market.instrument)!;
  return computeRow(view, createMarketWindow(market.instrument, own, own.start.indexOf(start), series));
}

/** Names of the features that are not the same to the bit. NaN equals NaN, 0 does not equal -0. */
function differing(view: FeatureView, a: Float64Array, b: Float64Array): string[] {
  return view.features.filter((_feature, i) => !Object.is(a[i], b[i])).map((feature) => feature.name);
}

/** Bars that could not look less like those they replace, and a bar in every gap. */
function perturbed(bars: readonly Bar[], after: number): Bar[] {
  const random = lcg(99);
  const wild = (): Ohlc => ({ o: random(), h: 5 + random(), l: random() / 9, c: 1 + random() });
  return bars
    .filter((bar) => bar.start <= after || random() < 0.7)
    .map((bar) => (bar.start <= after ? bar : { ...bar, mid: wild(), bid: null, ask: wild(), volume: 7 }));
}

const SAMPLES = 40;
const NEEDS_BASKET: ReadonlySet<string> = new Set(["usd_basket_ret_1", "relative_performance"]);

function sampledStarts({ bars, instrument }: Market, from_index: number): number[] {
  const own = bars.get(instrument)!;
  const step = Math.max(1, Math.floor((own.length - from_index) / SAMPLES));
  const starts = own.filter((_bar, i) => i >= from_index && (i - from_index) % step === 0).map((bar) => bar.start);
  return [...starts, own.at(-2)!.start];
}

describe.each([
  ["a random walk with gaps", true, synthetic],
  ["recorded USD_SGD", hasRealBars, recordedUsdSgd],
  ["recorded dollar pairs", hasRealBars, recordedDollarPairs],
])("%s", (name, present, load) => {
  if (!present) {
    it.skip(`${name}: ../shared/data/candles is not on this machine`, () => {});
    return;
  }
  const market = load();
  const view = marketFeatures([...market.bars.keys()]);
  const starts = sampledStarts(market, 0);

  it("row t from the bars up to t equals row t from all bars", () => {
    for (const start of starts) {
      const all = rowAt(view, market, start, (bars) => bars);
      const prefix = rowAt(view, market, start, (bars) => bars.filter((bar) => bar.start <= start));
      expect(differing(view, all, prefix), new Date(start).toISOString()).toEqual([]);
    }
  });

  it("no change of any later bar, of any instrument, changes row t", () => {
    for (const start of starts) {
      const all = rowAt(view, market, start, (bars) => bars);
      const changed = rowAt(view, market, start, (bars) => perturbed(bars, start));
      expect(differing(view, all, changed), new Date(start).toISOString()).toEqual([]);
    }
  });

  it("row t from the view's lookback equals row t from all bars", () => {
    const own = market.bars.get(market.instrument)!;
    for (const start of sampledStarts(market, view.lookback_bars)) {
      const first = own[own.findIndex((bar) => bar.start === start) - view.lookback_bars + 1]!.start;
      const all = rowAt(view, market, start, (bars) => bars);
      const recent = rowAt(view, market, start, (bars) => bars.filter((bar) => bar.start >= first && bar.start <= start));
      expect(differing(view, all, recent), new Date(start).toISOString()).toEqual([]);
    }
  });

  it("each feature depends on its own lookback and on nothing before it", () => {
    const own = market.bars.get(market.instrument)!;
    const everything = new Map([...market.bars].map(([leg, bars]) => [leg, toBarSeries(bars)]));
    for (const feature of view.features) {
      for (const index of [own.length - 1, own.length - 77, own.length - 200]) {
        const [first, last] = [own[index - feature.lookback_bars + 1]!.start, own[index]!.start];
        const within = [...market.bars].map(
          ([leg, bars]) => [leg, toBarSeries(bars.filter((bar) => bar.start >= first && bar.start <= last))] as const,
        );
        const recent = new Map(within);
        const series = recent.get(market.instrument)!;
        const from_recent = feature.compute(createMarketWindow(market.instrument, series, series.length - 1, recent));
        const from_all = feature.compute(createMarketWindow(market.instrument, everything.get(market.instrument)!, index, everything));
        expect(from_recent, feature.name).toBe(from_all);
      }
    }
  });

  it("these checks see values, not nulls", () => {
    const rows = starts.map((start) => rowAt(view, market, start, (bars) => bars));
    const empty = view.features.filter((_feature, i) => rows.every((row) => Number.isNaN(row[i]!))).map((feature) => feature.name);
    const has_basket = [...market.bars.keys()].some((leg) => leg !== market.instrument && leg.includes("USD"));
    const null_by_construction = view.features
      .filter(({ leg, name: feature }) => leg === market.instrument || (!has_basket && NEEDS_BASKET.has(feature)))
      .map((feature) => feature.name);
    expect(empty).toEqual(null_by_construction);
  });
});

describe("a pipeline that looks ahead", () => {
  it("is caught: a bar that carries the next one's price has another row as the last bar than among all", () => {
    const market = synthetic();
    const view = marketFeatures(["USD_SGD"]);
    const start = market.bars.get("USD_SGD")![900]!.start;
    const early = (bars: readonly Bar[]) => bars.map((bar, i) => ({ ...bar, mid: (bars[i + 1] ?? bar).mid }));
    const all = rowAt(view, market, start, early);
    const prefix = rowAt(view, market, start, (bars) => early(bars.filter((bar) => bar.start <= start)));
    expect(differing(view, all, prefix)).toEqual(expect.arrayContaining(["mid", "ret_1", "vol_20", "adx_14"]));
  });
});
