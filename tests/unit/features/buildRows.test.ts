import { describe, expect, it } from "vitest";
import { syntheticBars } from "../../../data/golden/syntheticBars.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { toBarSeries } from "../../../shared/features/barSeries.ts";
import { buildRows } from "../../../shared/features/buildRows.ts";
import { computeRow, type FeatureView } from "../../../shared/features/featureView.ts";
import { createMarketWindow } from "../../../shared/features/marketWindow.ts";
import { MARKET_MICROSTRUCTURE, MARKET_TECHNICAL, marketFeatures } from "../../../shared/features/registry.ts";

const LEGS = ["USD_SGD", "EUR_USD", "USD_JPY"];
const START = Date.UTC(2025, 2, 3);
const bars = new Map(LEGS.map((leg, i) => [leg, syntheticBars(leg, { seed: i, bars: 60, start: START, gap_share: 0.05 })]));
const series = new Map([...bars].map(([leg, list]) => [leg, toBarSeries(list)]));
const own = series.get("USD_SGD")!;
const ends = [...own.start].map((start) => start + HOUR);
const all = (view: FeatureView) => buildRows(view, "USD_SGD", own, series, { start: 0, end: Number.POSITIVE_INFINITY });
const column = (view: FeatureView, name: string) => {
  const index = view.features.findIndex((feature) => feature.name === name);
  return all(view).map((row) => row.values[index]!);
};

describe("buildRows", () => {
  it("gives one row a bar, known at the bar's end", () => {
    const rows = all(MARKET_TECHNICAL);
    expect(rows.map((row) => row.event_time)).toEqual(ends);
    for (const row of rows) expect([row.available_at, row.created_time]).toEqual([row.event_time, row.event_time]);
    expect(rows.every((row) => row.values.length === MARKET_TECHNICAL.features.length)).toBe(true);
  });

  it("takes event times after the window's start and up to its end", () => {
    const window = { start: ends[10]!, end: ends[13]! };
    const rows = buildRows(MARKET_TECHNICAL, "USD_SGD", own, series, window);
    expect(rows.map((row) => row.event_time)).toEqual(ends.slice(11, 14));
    expect(buildRows(MARKET_TECHNICAL, "USD_SGD", own, series, { start: ends[59]!, end: ends[59]! + HOUR })).toEqual([]);
    expect(buildRows(MARKET_TECHNICAL, "USD_SGD", toBarSeries([]), series, window)).toEqual([]);
  });

  it("rows of a part are those of the whole", () => {
    const view = marketFeatures(LEGS);
    const parts = [0, 1, 2].flatMap((i) =>
      buildRows(view, "USD_SGD", own, series, { start: ends[i * 20]! - HOUR, end: ends[i * 20 + 19]! }),
    );
    expect(parts).toEqual(all(view));
  });

  it("a row is what the same view computes on demand", () => {
    const view = marketFeatures(LEGS);
    expect(computeRow(view, createMarketWindow("USD_SGD", own, 59, series))).toEqual(all(view)[59]!.values);
  });

  it.each([
    ["ret_1", 1],
    ["ret_1", 2],
    ["ret_1", 3],
    ["ret_1", 5],
    ["ret_1", 10],
    ["vol_20", 1],
    ["spread_pct", 1],
    ["zscore_20", 1],
    ["EUR_USD_ret_1", 1],
  ])("%s_lag_%d is the earlier row's value to the bit", (name, lag) => {
    const view = marketFeatures(LEGS);
    const lags = column(view, `${name}_lag_${lag}`);
    expect(lags.slice(lag)).toEqual(column(view, name).slice(0, -lag));
    expect(lags.slice(0, lag).every(Number.isNaN)).toBe(true);
    expect(lags.filter(Number.isFinite).length).toBeGreaterThan(30);
  });
});

describe("bars of mid only", () => {
  const view = marketFeatures(LEGS);
  const options = { seed: 9, bars: 730, start: START };
  const values = (mid_only: boolean) => {
    const quoted = toBarSeries(syntheticBars("USD_SGD", { ...options, mid_only }));
    const row = computeRow(
      view,
      createMarketWindow(
        "USD_SGD",
        quoted,
        729,
        new Map([
          ["EUR_USD", quoted],
          ["USD_JPY", quoted],
        ]),
      ),
    );
    return new Map(view.features.map((feature, i) => [feature.name, row[i]!]));
  };

  it("leave exactly the features of quotes and volume null", () => {
    const [full, mid_only] = [values(false), values(true)];
    const lost = [...full.keys()].filter((name) => Number.isFinite(full.get(name)) && Number.isNaN(mid_only.get(name)));
    expect(lost).toEqual([...MARKET_MICROSTRUCTURE.features.map((feature) => feature.name), "spread_pct_lag_1"]);
    for (const [name, value] of mid_only) if (!lost.includes(name)) expect(value, name).toEqual(full.get(name));
  });
});

describe("scale", () => {
  /** What is in quote currency grows with the price; everything else must not know it. */
  const PRICES = ["mid", "roll_mean_20", "ewma_short", "ewma_long", "spread", "spread_ma_20"];
  const bars_at = (factor: number) =>
    toBarSeries(
      syntheticBars("USD_SGD", { seed: 4, bars: 800, start: START }).map((bar) => {
        const times = ({ o, h, l, c }: typeof bar.mid) => ({ o: o * factor, h: h * factor, l: l * factor, c: c * factor });
        return { ...bar, mid: times(bar.mid), bid: times(bar.bid!), ask: times(bar.ask!) };
      }),
    );

  it.each([10, 0.01])("prices x %d change prices and nothing else", (factor) => {
    const view = marketFeatures(LEGS);
    const at = (scale: number) => {
      const scaled = bars_at(scale);
      return computeRow(
        view,
        createMarketWindow(
          "USD_SGD",
          scaled,
          799,
          new Map([
            ["EUR_USD", scaled],
            ["USD_JPY", scaled],
          ]),
        ),
      );
    };
    const [base, scaled] = [at(1), at(factor)];
    for (const [i, feature] of view.features.entries()) {
      const expected = PRICES.includes(feature.name) ? base[i]! * factor : base[i]!;
      if (Number.isNaN(expected)) expect(scaled[i], feature.name).toBeNaN();
      else expect(Math.abs(scaled[i]! - expected), feature.name).toBeLessThanOrEqual(1e-8 * Math.max(Math.abs(expected), 1e-4));
    }
  });
});
