import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TickCandle } from "../../../data/sandbox/candles/selectCandles.ts";
import { createSimulatedMarket } from "../../../data/sandbox/market/simulatedMarket.ts";
import { HOUR, MINUTE } from "../../../shared/domain/instant.ts";
import { isMarketOpen } from "../../../shared/domain/marketCalendar.ts";
import { CROSSES, candlesOf, PAIRS, sandboxAt, tickCandles } from "./support.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const market = createSimulatedMarket({ seed: 7, signal: 0.2 });
const ALL = [...PAIRS, ...CROSSES];
const iso = (instant: number): string => new Date(instant).toISOString();
const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

describe("the simulated market", () => {
  it("is the same whatever is asked first, and wherever the clock has been", () => {
    const from = "2012-05-07T00:00:00Z";
    const to = "2012-05-12T00:00:00Z";
    const straight = createSimulatedMarket({ seed: 7, signal: 0.2 });
    const zigzag = createSimulatedMarket({ seed: 7, signal: 0.2 });
    tickCandles(zigzag, "SGD_JPY", "2006-01-02T00:00:00Z", "2006-01-05T00:00:00Z", "M5");
    tickCandles(zigzag, "AUD_USD", "2019-01-02T00:00:00Z", "2019-01-05T00:00:00Z", "D");
    for (const instrument of ALL) {
      expect(tickCandles(zigzag, instrument, from, to)).toEqual(tickCandles(straight, instrument, from, to));
    }
  });

  it("differs by seed and by signal", () => {
    const at = (seed: number, signal: number) =>
      tickCandles(createSimulatedMarket({ seed, signal }), "USD_SGD", "2006-01-02T00:00:00Z", "2006-01-05T00:00:00Z");
    expect(at(1, 0.2)).not.toEqual(at(2, 0.2));
    expect(at(1, 0.2)).not.toEqual(at(1, 0));
    expect(at(1, 0.2)).toEqual(at(1, 0.2));
  });

  it("has sound candles on open hours only, at any place, instrument and granularity", () => {
    const first = Date.parse("2005-01-02T22:00:00Z");
    fc.assert(
      fc.property(
        fc.integer({ min: first, max: NOW - 40 * HOUR }),
        fc.constantFrom(...ALL),
        fc.constantFrom("M1", "M5", "M15", "H1", "H4"),
        (at, instrument, granularity) => {
          const candles = tickCandles(market, instrument, iso(at), iso(at + 12 * HOUR), granularity);
          expect(candles.flatMap((candle) => faultsOf(candle, granularity !== "H4"))).toEqual([]);
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });

  it("builds every longer candle from the minutes in it", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ALL),
        fc.constantFrom("M2", "M4", "M30", "H1", "H12", "D"),
        fc.integer({ min: 0, max: 1000 }),
        (instrument, granularity, week) => {
          const from = Date.parse("2005-01-10T00:00:00Z") + week * 168 * HOUR;
          const candles = tickCandles(market, instrument, iso(from), iso(from + 30 * HOUR), granularity).slice(1, -1);
          for (const [i, { start, fold }] of candles.slice(0, -1).entries()) {
            const minutes = tickCandles(market, instrument, iso(start), iso(candles[i + 1]!.start), "M1");
            const prices = minutes.map((minute) => minute.fold);
            expect(fold.mid).toEqual({
              o: prices[0]!.mid.o,
              h: Math.max(...prices.map(({ mid }) => mid.h)),
              l: Math.min(...prices.map(({ mid }) => mid.l)),
              c: prices.at(-1)!.mid.c,
            });
            expect(fold.ask.h).toBe(Math.max(...prices.map(({ ask }) => ask.h)));
            expect(fold.bid.l).toBe(Math.min(...prices.map(({ bid }) => bid.l)));
            expect(fold.volume).toBe(prices.reduce((sum, { volume }) => sum + volume, 0));
          }
        },
      ),
      { numRuns: 12, seed: 2 },
    );
  });

  it("opens each bar within a tick of the last close", () => {
    const bars = tickCandles(market, "EUR_USD", "2015-01-05T00:00:00Z", "2015-06-01T00:00:00Z");
    const gaps = bars.slice(1).map(({ fold }, i) => Math.abs(fold.mid.o - bars[i]!.fold.mid.c));
    expect(Math.max(...gaps)).toBe(1);
  });

  it("keeps cross rates: EUR_SGD = EUR_USD x USD_SGD and SGD_JPY = USD_JPY / USD_SGD, to half a tick", () => {
    const closes = (instrument: string) =>
      new Map(
        tickCandles(market, instrument, "2018-03-01T00:00:00Z", "2018-06-01T00:00:00Z").map(({ start, fold }) => [start, fold.mid.c]),
      );
    const [eur, sgd, yen] = [closes("EUR_USD"), closes("USD_SGD"), closes("USD_JPY")];
    let compared = 0;
    for (const [cross, ticksOf] of [
      ["EUR_SGD", (at: number) => (eur.get(at)! * sgd.get(at)!) / 1e5],
      ["SGD_JPY", (at: number) => (yen.get(at)! / sgd.get(at)!) * 1e5],
    ] as const) {
      for (const [at, close] of closes(cross)) {
        const exact = ticksOf(at);
        if (Number.isNaN(exact)) continue; // a leg had no bar in this hour
        compared += 1;
        expect(Math.abs(close - exact)).toBeLessThanOrEqual(0.5 + 1e-9);
      }
    }
    expect(compared).toBeGreaterThan(2_500);
  });

  it("has no bar where nothing moved, seldom but at the roll, and moves in every bar of a direct pair", () => {
    const bars = tickCandles(market, "USD_SGD", "2006-01-02T00:00:00Z", "2012-01-06T20:00:00Z");
    const starts = new Set(bars.map(({ start }) => start));
    let open = 0;
    const missing: number[] = [];
    for (let at = bars[0]!.start; at < Date.parse("2012-01-06T20:00:00Z"); at += HOUR) {
      if (!isMarketOpen(at)) continue;
      open += 1;
      if (!starts.has(at)) missing.push(at);
    }
    const atRoll = missing.filter((at) => [21, 22].includes(new Date(at).getUTCHours()));
    expect(missing.length / open).toBeGreaterThan(0.001);
    expect(missing.length / open).toBeLessThan(0.005);
    expect(atRoll.length / missing.length).toBeGreaterThan(0.3);
    const ties = bars.filter(({ fold }, i) => i > 0 && fold.mid.c === bars[i - 1]!.fold.mid.c);
    expect(ties).toHaveLength(0);
  });

  it("ties by rounding in fewer than 1 % of the bars of a cross", () => {
    for (const cross of CROSSES) {
      const bars = tickCandles(market, cross, "2010-01-04T00:00:00Z", "2012-01-06T20:00:00Z");
      const ties = bars.filter(({ fold }, i) => i > 0 && fold.mid.c === bars[i - 1]!.fold.mid.c);
      expect(ties.length / bars.length).toBeLessThan(0.01);
    }
  });

  it("has USD_SGD's volatility, clustered, and its spread, 5 to 8 times as wide at the roll", () => {
    const bars = tickCandles(market, "USD_SGD", "2010-01-04T00:00:00Z", "2012-01-06T20:00:00Z");
    const returns = bars.slice(1).map(({ fold }, i) => Math.log(fold.mid.c / bars[i]!.fold.mid.c) * 1e4);
    const std = Math.sqrt(returns.reduce((sum, r) => sum + r * r, 0) / returns.length);
    expect(std).toBeGreaterThan(5.8);
    expect(std).toBeLessThan(7.4);
    const sizes = returns.map(Math.abs);
    expect(correlation(sizes.slice(120), sizes.slice(0, -120))).toBeGreaterThan(0.1);
    const spreads = bars.map(({ fold }) => fold.ask.c - fold.bid.c);
    expect(median(spreads)).toBe(19);
    const summerRoll = bars.flatMap(({ start }, i) =>
      iso(start).slice(5, 7) === "07" && new Date(start).getUTCHours() === 21 ? [spreads[i]!] : [],
    );
    expect(median(summerRoll) / 19).toBeGreaterThan(5);
    expect(median(summerRoll) / 19).toBeLessThan(8);
  });

  it("counts more ticks where volatility is higher", () => {
    const bars = tickCandles(market, "GBP_USD", "2010-01-04T00:00:00Z", "2011-01-03T20:00:00Z");
    expect(
      correlation(
        bars.map(({ fold }) => fold.volume),
        bars.map(({ fold }) => fold.mid.h - fold.mid.l),
      ),
    ).toBeGreaterThan(0.5);
  });
});

describe("four moments of the clock", () => {
  it.for<[string, string, string, boolean]>([
    ["on the weekend, the last bar is Friday's last", "2026-03-07T12:00:00Z", "2026-03-06T21:00", true],
    ["in the roll hour", "2026-03-04T22:10:30Z", "2026-03-04T22:00", false],
    ["on the day the clocks go forward, the week starts an hour earlier by UTC", "2026-03-08T21:10:30Z", "2026-03-08T21:00", false],
    ["on the day the clocks go back, an hour later", "2026-11-01T22:10:30Z", "2026-11-01T22:00", false],
  ])("%s", async ([, now, last, complete]) => {
    const app = sandboxAt(now);
    for (const instrument of ALL) {
      const [candle] = await candlesOf(app, instrument, "granularity=H1&count=1&price=MBA");
      expect([candle!.time.slice(0, 16), candle!.complete]).toEqual([last, complete]);
      const [day] = await candlesOf(app, instrument, "granularity=D&count=1");
      expect(isMarketOpen(Date.parse(day!.time))).toBe(true);
    }
  });

  it("still shows nothing an hour before the market opens on those days", async () => {
    for (const [now, friday] of [
      ["2026-03-08T20:59:59Z", "2026-03-06T21:00"],
      ["2026-11-01T21:59:59Z", "2026-10-30T20:00"],
    ] as const) {
      const [candle] = await candlesOf(sandboxAt(now), "EUR_USD", "granularity=H1&count=1");
      expect(candle!.time.slice(0, 16)).toBe(friday);
    }
  });

  it("says the same at a later clock of every candle that was complete, and never shows a minute before it starts", async () => {
    const early = sandboxAt("2026-03-04T22:10:30Z");
    const late = sandboxAt("2026-03-06T12:00:00Z");
    const query = "granularity=M1&count=300&price=MBA";
    const before = (await candlesOf(early, "EUR_SGD", query)).filter((candle) => candle.complete);
    const after = await candlesOf(late, "EUR_SGD", `${query}&to=2026-03-04T22:10:00Z`);
    expect(before.slice(-200)).toEqual(after.slice(-200));
    const last = (await candlesOf(early, "EUR_USD", "granularity=M1&count=1"))[0]!;
    expect(Date.parse(last.time)).toBeLessThanOrEqual(Date.parse("2026-03-04T22:10:30Z"));
    expect(Date.parse(last.time)).toBeGreaterThan(Date.parse("2026-03-04T22:10:30Z") - 10 * MINUTE);
  });
});

/** What is wrong with a candle, by name. */
function faultsOf({ start, fold }: TickCandle, startsOpen: boolean): string[] {
  const isOrdered = [fold.mid, fold.bid, fold.ask].every(({ o, h, l, c }) => h >= Math.max(o, c) && l <= Math.min(o, c) && l > 0);
  const isBidBelowAsk = (["o", "h", "l", "c"] as const).every((corner) => fold.bid[corner] < fold.ask[corner]);
  const isCentred = (["o", "c"] as const).every((corner) => Math.abs((fold.bid[corner] + fold.ask[corner]) / 2 - fold.mid[corner]) <= 0.5);
  const checks = { isOrdered, isBidBelowAsk, isCentred, hasVolume: fold.volume > 0, isOpen: !startsOpen || isMarketOpen(start) };
  return Object.entries(checks).flatMap(([name, holds]) => (holds ? [] : [`${iso(start)} ${name}`]));
}

function correlation(a: number[], b: number[]): number {
  const mean = (x: number[]) => x.reduce((sum, v) => sum + v, 0) / x.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, i) => {
    ab += (value - ma) * (b[i]! - mb);
    aa += (value - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  });
  return ab / Math.sqrt(aa * bb);
}
