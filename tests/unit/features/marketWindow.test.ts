import { describe, expect, it } from "vitest";
import { HOUR } from "../../../shared/domain/instant.ts";
import { countUntil, indexOfStart, toBarSeries } from "../../../shared/features/barSeries.ts";
import { defineFeature } from "../../../shared/features/defineFeature.ts";
import { createMarketWindow } from "../../../shared/features/marketWindow.ts";
import { barsOf, MONDAY, ramp, windowOf } from "./support.ts";

describe("toBarSeries", () => {
  it("keeps every column, null as NaN", () => {
    const series = toBarSeries(barsOf("USD_SGD", [{ o: 1, h: 4, l: 0.5, c: 2, bid: 1.9, ask: 2.1, volume: 7 }, 3]));
    expect([series.mid_o[0], series.mid_h[0], series.mid_l[0], series.mid_c[0]]).toEqual([1, 4, 0.5, 2]);
    expect([series.bid_o[0], series.bid_c[0], series.ask_o[0], series.ask_c[0], series.volume[0]]).toEqual([1.9, 1.9, 2.1, 2.1, 7]);
    expect([series.bid_c[1], series.ask_o[1], series.volume[1]]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect([...series.ret]).toEqual([Number.NaN, Math.log(3 / 2)]);
    // Monday 00:00 UTC is Sunday 19:00 in New York.
    expect([...series.hour_of_week]).toEqual([19, 20]);
  });

  it("takes no bars at all", () => {
    expect(toBarSeries([]).length).toBe(0);
  });

  it.each([
    ["a repeated start", [...barsOf("USD_SGD", [1]), ...barsOf("USD_SGD", [1])]],
    ["a falling start", barsOf("USD_SGD", [1, 2]).reverse()],
    ["two instruments", [...barsOf("USD_SGD", [1]), ...barsOf("EUR_USD", [{ c: 1, hour: 1 }])]],
    ["two granularities", [...barsOf("USD_SGD", [1]), { ...barsOf("USD_SGD", [{ c: 1, hour: 1 }])[0]!, granularity: "M5" as const }]],
  ])("refuses %s", (_what, bars) => {
    expect(() => toBarSeries(bars)).toThrow(expect.objectContaining({ code: "invalid_candle" }));
  });

  it("finds bars by start", () => {
    const series = toBarSeries(barsOf("USD_SGD", [{ c: 1 }, { c: 2, hour: 1 }, { c: 3, hour: 5 }]));
    expect([-1, 0, 1, 4, 5, 9].map((hour) => countUntil(series, MONDAY + hour * HOUR))).toEqual([0, 1, 2, 2, 3, 3]);
    expect([0, 1, 4, 5].map((hour) => indexOfStart(series, MONDAY + hour * HOUR))).toEqual([0, 1, -1, 2]);
    expect(indexOfStart(series, MONDAY - HOUR)).toBe(-1);
  });
});

describe("MarketWindow", () => {
  it("ends at the end of its last bar", () => {
    const w = windowOf(ramp(5));
    expect(w.length).toBe(5);
    expect(w.event_time).toBe(MONDAY + 5 * HOUR);
    expect([...w.mid_c]).toEqual([1, 2, 3, 4, 5]);
    expect(w.ret).toHaveLength(4);
  });

  it("last(n) and lag(n) move its ends, and nothing beyond them is in reach", () => {
    const w = windowOf(ramp(6));
    expect([...w.last(3).mid_c]).toEqual([4, 5, 6]);
    expect(w.last(9)).toBe(w);
    expect(w.last(6)).toBe(w);
    expect([...w.lag(2).mid_c]).toEqual([1, 2, 3, 4]);
    expect([...w.last(4).lag(1).mid_c]).toEqual([3, 4, 5]);
    expect([...w.last(4).lag(1).last(9).mid_c]).toEqual([3, 4, 5]);
    expect(w.last(3).ret).toHaveLength(2);
    expect(w.lag(2).event_time).toBe(MONDAY + 4 * HOUR);
  });

  it("does not go back beyond its first bar", () => {
    expect(() => windowOf([1, 2]).lag(2)).toThrow(expect.objectContaining({ code: "not_enough_data" }));
  });

  it("a leg shows only bars within the window's starts", () => {
    const own = toBarSeries(barsOf("USD_SGD", ramp(10)));
    const other = toBarSeries(barsOf("EUR_USD", ramp(12, 100)));
    const w = createMarketWindow("USD_SGD", own, 7, new Map([["EUR_USD", other]]));
    expect(w.leg("EUR_USD")!.mid_c.at(-1)).toBe(108);
    expect([...w.last(2).leg("EUR_USD")!.mid_c]).toEqual([107, 108]);
    expect([...w.last(3).lag(1).leg("EUR_USD")!.mid_c]).toEqual([106, 107]);
    expect(w.leg("GBP_USD")).toBeNull();
    expect(w.leg("EUR_USD")!.leg("USD_SGD")).toBeNull();
  });

  it("a leg without a bar in the span is null", () => {
    const own = toBarSeries(barsOf("USD_SGD", ramp(4)));
    const later = toBarSeries(barsOf("EUR_USD", [{ c: 1, hour: 4 }]));
    const earlier = toBarSeries(barsOf("EUR_USD", [{ c: 1, hour: -1 }]));
    expect(createMarketWindow("USD_SGD", own, 3, new Map([["EUR_USD", later]])).leg("EUR_USD")).toBeNull();
    expect(createMarketWindow("USD_SGD", own, 3, new Map([["EUR_USD", earlier]])).leg("EUR_USD")).toBeNull();
  });

  it.each([-1, 2, 0.5])("there is no window at bar %d of two", (index) => {
    const series = toBarSeries(barsOf("USD_SGD", [1, 2]));
    expect(() => createMarketWindow("USD_SGD", series, index, new Map())).toThrow(/no bar/);
  });
});

describe("defineFeature", () => {
  const counting = (lookback_bars: number, warm_up_bars?: number) =>
    defineFeature({
      name: "seen",
      version: 1,
      unit: "bars",
      lookback_bars,
      ...(warm_up_bars === undefined ? {} : { warm_up_bars }),
      description: "Number of bars seen.",
      compute: (w) => w.length,
    });

  it("shows at most lookback_bars, and at least warm_up_bars", () => {
    expect([2, 3, 4, 9].map((n) => counting(3).compute(windowOf(ramp(n))))).toEqual([null, 3, 3, 3]);
    expect([1, 2, 3, 9].map((n) => counting(3, 2).compute(windowOf(ramp(n))))).toEqual([null, 2, 3, 3]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null])("%s is null", (value) => {
    const feature = defineFeature({ name: "x", version: 1, unit: "ratio", lookback_bars: 1, description: "x", compute: () => value });
    expect(feature.compute(windowOf([1]))).toBeNull();
  });

  it.each([
    [0, undefined],
    [3, 4],
    [3, 0],
  ])("refuses lookback %s with warm-up %s", (lookback, warm_up) => {
    expect(() => counting(lookback, warm_up)).toThrow(/warm_up_bars/);
  });
});
