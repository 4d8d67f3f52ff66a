import { describe, expect, it } from "vitest";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { toBarSeries } from "../../../shared/features/barSeries.ts";
import { shareColumns } from "../../../shared/features/columns/sharedColumns.ts";
import { lagged } from "../../../shared/features/lags.ts";
import { legCorrelation } from "../../../shared/features/legCorrelation.ts";
import { legReturnFeature } from "../../../shared/features/legReturns.ts";
import { createMarketWindow, type MarketWindow } from "../../../shared/features/marketWindow.ts";
import { dollarSign, relativePerformance, usdBasketLegs, usdBasketReturn } from "../../../shared/features/usdBasket.ts";
import { type BarParts, barsOf, ramp } from "./support.ts";

type Market = Readonly<Record<Instrument, readonly (number | BarParts)[]>>;

function windowIn(market: Market, instrument: Instrument): MarketWindow {
  const legs = new Map(Object.entries(market).map(([name, parts]) => [name, toBarSeries(barsOf(name, parts))]));
  const series = legs.get(instrument)!;
  return createMarketWindow(instrument, series, series.length - 1, legs);
}

const up = (r: number) => [100, 100 * Math.exp(r)];
const MARKET: Market = {
  USD_SGD: up(0.01),
  EUR_USD: up(0.02),
  USD_JPY: up(0.04),
  EUR_SGD: up(0.08),
};
const LEGS = Object.keys(MARKET);

describe("<LEG>_ret_1", () => {
  const leg = legReturnFeature("EUR_USD");

  it("is the leg's return in the same hour", () => {
    expect(leg.name).toBe("EUR_USD_ret_1");
    expect(leg.compute(windowIn(MARKET, "USD_SGD"))).toBeCloseTo(0.02, 12);
  });

  it("is null in the leg's own rows, and where the leg is not known", () => {
    expect(leg.compute(windowIn(MARKET, "EUR_USD"))).toBeNull();
    expect(legReturnFeature("GBP_USD").compute(windowIn(MARKET, "USD_SGD"))).toBeNull();
  });

  it("is null, not an older return, when the leg has no bar in this hour", () => {
    expect(leg.compute(windowIn({ USD_SGD: [1, 2, 3], EUR_USD: [1, 2] }, "USD_SGD"))).toBeNull();
    // Nor one from within a gap of the row's own instrument.
    expect(leg.compute(windowIn({ USD_SGD: [{ c: 1 }, { c: 1, hour: 5 }], EUR_USD: [1, 2, 3] }, "USD_SGD"))).toBeNull();
  });

  it("is the same as a column, beside gaps of either", () => {
    const own = barsOf("USD_SGD", [{ c: 1 }, { c: 1, hour: 1 }, { c: 1, hour: 5 }, { c: 1, hour: 6 }, { c: 1, hour: 7 }]);
    const other = barsOf("EUR_USD", [{ c: 1 }, { c: 3, hour: 1 }, { c: 4, hour: 4 }, { c: 7, hour: 5 }, { c: 8, hour: 6 }]);
    const series = toBarSeries(own);
    const legs = new Map([
      ["USD_SGD", series],
      ["EUR_USD", toBarSeries(other)],
    ]);
    const column = Array.from(shareColumns("USD_SGD", series, legs).of(leg.column!));
    const computed = own.map((_, t) => leg.compute(createMarketWindow("USD_SGD", series, t, legs)) ?? Number.NaN);
    expect(column).toEqual(computed);
    expect(column.map(Number.isNaN)).toEqual([true, false, false, false, true]);
  });

  it("does not see the leg's later bars", () => {
    const market = { USD_SGD: [1, 2], EUR_USD: [1, 2, 50, 60] };
    expect(leg.compute(windowIn(market, "USD_SGD"))).toBeCloseTo(Math.log(2), 12);
  });

  it("lags by bars of the row's instrument", () => {
    const market = {
      USD_SGD: [{ c: 1 }, { c: 1, hour: 1 }, { c: 1, hour: 50 }],
      EUR_USD: [{ c: 1 }, { c: 3, hour: 1 }, { c: 7, hour: 50 }],
    };
    expect(lagged(leg, 1).name).toBe("EUR_USD_ret_1_lag_1");
    expect(lagged(leg, 1).compute(windowIn(market, "USD_SGD"))).toBeCloseTo(Math.log(3), 12);
  });
});

describe("usd_basket_ret_1 and relative_performance", () => {
  it("knows which way a pair turns with the dollar", () => {
    expect(["USD_SGD", "EUR_USD", "EUR_SGD"].map(dollarSign)).toEqual([1, -1, 0]);
  });

  it.each([
    // Without the instrument itself; the cross has no say.
    ["USD_SGD", (-0.02 + 0.04) / 2, 0.01 - 0.01],
    ["EUR_USD", (0.01 + 0.04) / 2, 0.02 + 0.025],
    ["USD_JPY", (0.01 - 0.02) / 2, 0.04 + 0.005],
    ["EUR_SGD", (0.01 - 0.02 + 0.04) / 3, 0.08 - 0.01],
  ])("of %s: basket %d, relative %d", (instrument, basket, relative) => {
    const w = windowIn(MARKET, instrument);
    expect(usdBasketReturn(LEGS).compute(w)).toBeCloseTo(basket, 12);
    expect(relativePerformance(LEGS).compute(w)).toBeCloseTo(relative, 12);
  });

  it.each<[string, Market, Instrument, number | null, number]>([
    ["all three others", MARKET, "EUR_SGD", (0.01 - 0.02 + 0.04) / 3, 3],
    ["one without a bar", { ...MARKET, USD_JPY: [] }, "USD_SGD", -0.02, 1],
    ["one whose bar before is missing", { ...MARKET, USD_JPY: [{ c: 100, hour: 1 }] }, "USD_SGD", -0.02, 1],
    ["one whose bar of this hour is missing", { ...MARKET, EUR_USD: [100] }, "USD_SGD", 0.04, 1],
    ["none with a return", { ...MARKET, EUR_USD: [100], USD_JPY: [{ c: 100, hour: 1 }] }, "USD_SGD", null, 0],
  ])("are over the pairs present: %s", (_name, market, instrument, basket, legs) => {
    const w = windowIn(market, instrument);
    const own = Math.log(market[instrument]![1] as number) - Math.log(100);
    expect(usdBasketLegs(LEGS).compute(w)).toBe(legs);
    if (basket === null) {
      expect([usdBasketReturn(LEGS).compute(w), relativePerformance(LEGS).compute(w)]).toEqual([null, null]);
    } else {
      expect(usdBasketReturn(LEGS).compute(w)).toBeCloseTo(basket, 12);
      expect(relativePerformance(LEGS).compute(w)).toBeCloseTo(own - basket, 12);
    }
  });

  it("are null, over no pair, without another dollar pair", () => {
    const w = windowIn(MARKET, "USD_SGD");
    expect(usdBasketReturn(["USD_SGD", "EUR_SGD"]).compute(w)).toBeNull();
    expect(usdBasketLegs(["USD_SGD", "EUR_SGD"]).compute(w)).toBe(0);
  });
});

describe("corr_50_<LEG>", () => {
  const corr = legCorrelation("EUR_USD");
  const path = (count: number, step: (i: number) => number): BarParts[] => {
    let level = 0;
    return ramp(count).map((i) => {
      level += step(i);
      return { c: Math.exp(level), hour: i };
    });
  };
  const own = path(120, (i) => Math.sin(i) / 100);

  it("is 1 for equal returns, -1 for opposite ones", () => {
    expect(corr.compute(windowIn({ USD_SGD: own, EUR_USD: path(120, (i) => Math.sin(i) / 50) }, "USD_SGD"))).toBeCloseTo(1, 9);
    expect(corr.compute(windowIn({ USD_SGD: own, EUR_USD: path(120, (i) => -Math.sin(i) / 100) }, "USD_SGD"))).toBeCloseTo(-1, 9);
  });

  it("takes the 50 newest common bars and no other", () => {
    // Opposite until bar 70, equal in the 50 bars after.
    const leg = path(120, (i) => (Math.sin(i) / 100) * (i <= 70 ? -1 : 1));
    expect(corr.compute(windowIn({ USD_SGD: own, EUR_USD: leg }, "USD_SGD"))).toBeCloseTo(1, 9);
    expect(corr.compute(windowIn({ USD_SGD: own.slice(0, 119), EUR_USD: leg }, "USD_SGD"))).toBeLessThan(0.999);
  });

  it("skips hours that only one of the two has, and fills nothing in", () => {
    const leg = path(120, (i) => Math.sin(i) / 100);
    // Every third bar of the leg is missing, so its returns there span two hours; 67 of the last 100 hours are common.
    const holed = leg.filter((bar) => bar.hour! % 3 !== 0);
    const value = corr.compute(windowIn({ USD_SGD: own, EUR_USD: holed }, "USD_SGD"))!;
    expect(value).toBeCloseTo(naive(own, holed), 9);
  });

  it("is null when the last 101 bars hold fewer than 50 common ones", () => {
    const leg = path(120, (i) => Math.sin(i) / 100).filter((bar) => bar.hour! % 5 < 2);
    expect(corr.compute(windowIn({ USD_SGD: own, EUR_USD: leg }, "USD_SGD"))).toBeNull();
  });

  it("is null with 100 bars, and in the leg's own rows", () => {
    const leg = path(120, (i) => Math.cos(i) / 100);
    expect(corr.compute(windowIn({ USD_SGD: own.slice(20), EUR_USD: leg }, "USD_SGD"))).toBeNull();
    expect(corr.compute(windowIn({ USD_SGD: own, EUR_USD: leg }, "EUR_USD"))).toBeNull();
  });

  /** By names and maps: the last 50 hours in which both have a return. */
  function naive(a: readonly BarParts[], b: readonly BarParts[]): number {
    const returns = (bars: readonly BarParts[]) => new Map(bars.slice(1).map((bar, i) => [bar.hour!, Math.log(bar.c / bars[i]!.c)]));
    const [x, y] = [returns(a), returns(b)];
    const pairs = [...x.keys()]
      .filter((hour) => y.has(hour))
      .slice(-50)
      .map((hour) => [x.get(hour)!, y.get(hour)!] as const);
    const average = (side: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[side], 0) / pairs.length;
    const [mx, my] = [average(0), average(1)];
    const sum = (f: (p: readonly [number, number]) => number) => pairs.reduce((total, pair) => total + f(pair), 0);
    const covariance = sum(([p, q]) => (p - mx) * (q - my));
    return covariance / Math.sqrt(sum(([p]) => (p - mx) ** 2) * sum(([, q]) => (q - my) ** 2));
  }
});
