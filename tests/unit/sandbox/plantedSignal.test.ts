import { describe, expect, it } from "vitest";
import type { TickCandle } from "../../../data/sandbox/candles/selectCandles.ts";
import { createSimulatedMarket } from "../../../data/sandbox/market/simulatedMarket.ts";
import { crossAccuracyBounds, optimalAccuracy } from "../../../shared/domain/plantedSignal.ts";
import { PAIRS, tickCandles } from "./support.ts";

const FROM = "2005-01-02T22:00:00Z";
const TO = "2013-01-01T00:00:00Z";

/** Share of hits and whether it lies within 3 standard errors of `expected`. */
function share(hits: number, count: number, expected: number): { share: number; z: number } {
  return { share: hits / count, z: (hits / count - expected) / Math.sqrt(0.25 / count) };
}

function moves(bars: TickCandle[]): number[] {
  return bars.slice(1).map(({ fold }, i) => fold.mid.c - bars[i]!.fold.mid.c);
}

describe("the closed form", () => {
  it("is 50 % without signal, 60 % by default and 100 % at most", () => {
    expect([0, 0.2, 1].map(optimalAccuracy)).toEqual([0.5, 0.6, 1]);
    expect(crossAccuracyBounds(0.2)).toEqual({ lower: 0.55, upper: 0.6 });
  });
});

describe("the planted signal", () => {
  it.for([0, 0.2, 0.5, 1])("reverses the sign of each direct pair as often as the closed form says, signal %d", (signal) => {
    const market = createSimulatedMarket({ seed: 11, signal });
    for (const instrument of PAIRS) {
      const signs = moves(tickCandles(market, instrument, FROM, signal === 0.2 ? TO : "2009-01-01T00:00:00Z")).map(Math.sign);
      const reversals = signs.slice(1).filter((sign, i) => sign === -signs[i]!).length;
      expect(Math.abs(share(reversals, signs.length - 1, optimalAccuracy(signal)).z)).toBeLessThan(3);
    }
  });

  it("leaves the best forecast of a cross between its bounds, and exact where the legs agree", () => {
    const signal = 0.4;
    const market = createSimulatedMarket({ seed: 3, signal });
    const [eur, sgd, cross] = ["EUR_USD", "USD_SGD", "EUR_SGD"].map(
      (instrument) => new Map(tickCandles(market, instrument, FROM, TO).map(({ start, fold }) => [start, fold.mid.c])),
    ) as [Map<number, number>, Map<number, number>, Map<number, number>];
    const hours = [...cross.keys()].filter((at) => eur.has(at) && sgd.has(at));
    let [agreed, agreedHits, all, hits] = [0, 0, 0, 0];
    for (let i = 2; i < hours.length; i++) {
      const [before, now, next] = [hours[i - 2]!, hours[i - 1]!, hours[i]!];
      const [e, s] = [eur.get(now)! - eur.get(before)!, sgd.get(now)! - sgd.get(before)!];
      const move = cross.get(next)! - cross.get(now)!;
      if (move === 0) continue;
      // Where the legs disagree, the larger pair by its usual volatility decides.
      const hit = Math.sign(move) === -Math.sign(e);
      all += 1;
      hits += hit ? 1 : 0;
      if (Math.sign(e) !== Math.sign(s)) continue;
      agreed += 1;
      agreedHits += hit ? 1 : 0;
    }
    expect(Math.abs(share(agreedHits, agreed, optimalAccuracy(signal)).z)).toBeLessThan(3);
    const { lower, upper } = crossAccuracyBounds(signal);
    expect(hits / all).toBeGreaterThan(lower);
    expect(hits / all).toBeLessThan(upper);
  });
});

/** What can be seen of a bar, as a guess at the sign of the next. */
const CLUES: readonly (readonly [string, (bar: TickCandle, before: TickCandle, other: TickCandle) => number])[] = [
  ["the last sign", ({ fold }, before) => fold.mid.c - before.fold.mid.c],
  ["the close's place in the range", ({ fold }) => fold.mid.c - (fold.mid.h + fold.mid.l) / 2],
  ["the open's distance from the last close", ({ fold }, before) => fold.mid.o - before.fold.mid.c],
  ["the change of volume", ({ fold }, before) => fold.volume - before.fold.volume],
  ["the change of range", ({ fold }, before) => fold.mid.h - fold.mid.l - (before.fold.mid.h - before.fold.mid.l)],
  ["the change of spread", ({ fold }, before) => fold.ask.c - fold.bid.c - (before.fold.ask.c - before.fold.bid.c)],
  [
    "the upper wick against the lower",
    ({ fold }) => fold.mid.h - Math.max(fold.mid.o, fold.mid.c) - (Math.min(fold.mid.o, fold.mid.c) - fold.mid.l),
  ],
  ["the other pair's move", (_bar, _before, other) => other.fold.mid.c - other.fold.mid.o],
  ["the hour's parity", ({ start }) => ((start / 3_600_000) % 2) - 0.5],
  ["the minutes' drift into the close", ({ fold }) => fold.bid.c - fold.bid.o - (fold.bid.h - fold.bid.c)],
];

describe("nothing else", () => {
  /** z of "the sign of the clue is the sign of the next move". */
  function zOfClue(clue: (typeof CLUES)[number][1], bars: TickCandle[], others: Map<number, TickCandle>): number {
    let [count, hits] = [0, 0];
    for (let i = 1; i + 1 < bars.length; i++) {
      const other = others.get(bars[i]!.start);
      const guess = other ? Math.sign(clue(bars[i]!, bars[i - 1]!, other)) : 0;
      const next = Math.sign(bars[i + 1]!.fold.mid.c - bars[i]!.fold.mid.c);
      if (guess === 0 || next === 0) continue;
      count += 1;
      hits += guess === next ? 1 : 0;
    }
    return share(hits, count, 0.5).z;
  }

  const market = createSimulatedMarket({ seed: 5, signal: 0 });
  const bars = tickCandles(market, "USD_SGD", FROM, TO);
  const others = new Map(tickCandles(market, "EUR_USD", FROM, TO).map((bar) => [bar.start, bar]));

  it.for(CLUES.map(([name, clue]) => ({ name, clue })))("without signal, $name says nothing about the next sign", ({ clue }) => {
    expect(Math.abs(zOfClue(clue, bars, others))).toBeLessThan(3);
  });

  it("has no lagged sign: two to six bars back say nothing, without signal", () => {
    const signs = moves(bars).map(Math.sign);
    for (let lag = 2; lag <= 6; lag++) {
      const hits = signs.slice(lag).filter((sign, i) => sign === signs[i]).length;
      expect(Math.abs(share(hits, signs.length - lag, 0.5).z)).toBeLessThan(3);
    }
  });

  it("with a signal, the size of the last move and its hour change nothing about how often it reverses", () => {
    const planted = tickCandles(createSimulatedMarket({ seed: 5, signal: 0.2 }), "USD_SGD", FROM, TO);
    const steps = moves(planted);
    const usual = [...steps.map(Math.abs)].sort((a, b) => a - b)[steps.length >> 1]!;
    const isAsian = (i: number) => new Date(planted[i + 1]!.start).getUTCHours() < 8;
    for (const keep of [
      (i: number) => Math.abs(steps[i]!) > usual,
      (i: number) => Math.abs(steps[i]!) <= usual,
      (i: number) => isAsian(i),
      (i: number) => !isAsian(i),
      (i: number) => Math.abs(steps[i + 1]!) > usual,
      (i: number) => steps[i]! > 0,
    ]) {
      const kept = steps.slice(0, -1).flatMap((step, i) => (keep(i) ? [Math.sign(steps[i + 1]!) === -Math.sign(step)] : []));
      expect(Math.abs(share(kept.filter(Boolean).length, kept.length, 0.6).z)).toBeLessThan(3);
    }
  });
});
