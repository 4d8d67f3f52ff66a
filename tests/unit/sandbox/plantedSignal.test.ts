import { describe, expect, it } from "vitest";
import type { TickCandle } from "../../../data/sandbox/candles/selectCandles.ts";
import { isNewsCurrency, NewsEvents } from "../../../data/sandbox/market/newsEvents.ts";
import { createSimulatedMarket } from "../../../data/sandbox/market/simulatedMarket.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { legsOf } from "../../../shared/domain/legs.ts";
import {
  crossAccuracyBounds,
  crossMarketOnlyBounds,
  marketOnlyBounds,
  newsActiveShare,
  optimalAccuracy,
} from "../../../shared/domain/plantedSignal.ts";
import { PAIRS, tickCandles } from "./support.ts";

const FROM = "2005-01-02T22:00:00Z";
const TO = "2013-01-01T00:00:00Z";
const SOME = "2009-01-01T00:00:00Z";

/** Share of hits and whether it lies within 3 standard errors of `expected`. */
function share(hits: number, count: number, expected: number): { share: number; z: number } {
  return { share: hits / count, z: (hits / count - expected) / Math.sqrt(0.25 / count) };
}

function moves(bars: TickCandle[]): number[] {
  return bars.slice(1).map(({ fold }, i) => fold.mid.c - bars[i]!.fold.mid.c);
}

/** Direction that the news gives a pair in the hour that starts here: 1, -1, or 0 where no event governs it. */
function newsSignOf(events: NewsEvents, instrument: string): (start: number) => number {
  const { base, quote } = legsOf(instrument);
  const governing = events.governing([base, quote].filter(isNewsCurrency));
  return (start) => {
    const event = governing(start / HOUR);
    return event === null ? 0 : event.currency === base ? event.direction : -event.direction;
  };
}

interface Hour {
  readonly start: number;
  readonly sign: number;
  readonly last: number;
  readonly size: number;
  readonly news: number;
}

const known = new Map<string, readonly Hour[]>();

/** Every bar of a pair with what is likelier in it, by news or by the last move; read once. */
function hoursOf(seed: number, signal: number, instrument: string, to: string): readonly Hour[] {
  const name = [seed, signal, instrument, to].join();
  const hours = known.get(name) ?? readHours(seed, signal, instrument, to);
  known.set(name, hours);
  return hours;
}

function readHours(seed: number, signal: number, instrument: string, to: string): Hour[] {
  const newsSign = newsSignOf(new NewsEvents(seed), instrument);
  const bars = tickCandles(createSimulatedMarket({ seed, signal }), instrument, FROM, to);
  const steps = moves(bars);
  return steps.slice(1).map((step, i) => {
    const { start } = bars[i + 2]!;
    return { start, sign: Math.sign(step), last: Math.sign(steps[i]!), size: Math.abs(step), news: newsSign(start) };
  });
}

const likelier = ({ news, last }: Hour): number => news || -last;
const zOf = (hours: readonly Hour[], guess: (hour: Hour) => number, expected: number): number =>
  share(hours.filter((hour) => guess(hour) === hour.sign).length, hours.length, expected).z;

describe("the closed form", () => {
  it("is 50 % without signal, 60 % by default and 100 % at most", () => {
    expect([0, 0.2, 1].map(optimalAccuracy)).toEqual([0.5, 0.6, 1]);
  });

  it("leaves to the market alone less than the whole, and nothing without signal", () => {
    expect([marketOnlyBounds(0), crossMarketOnlyBounds(0), crossAccuracyBounds(0)]).toEqual(
      Array(3).fill({ lower: expect.closeTo(0.5, 12), upper: expect.closeTo(0.5, 12) }),
    );
    for (const signal of [0.1, 0.2, 0.5, 1]) {
      for (const { lower, upper } of [marketOnlyBounds(signal), crossMarketOnlyBounds(signal)]) {
        expect(lower).toBeGreaterThan(0.5);
        expect(lower).toBeLessThan(upper);
        expect(upper).toBeLessThan(optimalAccuracy(signal));
      }
    }
  });
});

describe("the planted signal", () => {
  it("governs the share of hours that the closed form says, by both legs alike", () => {
    for (const instrument of PAIRS) {
      const hours = hoursOf(11, 0, instrument, SOME);
      const governed = hours.filter(({ news }) => news !== 0);
      // Runs of up to 8 hours: the standard error is that of an eighth as many.
      expect(Math.abs(share(governed.length, hours.length, newsActiveShare()).z)).toBeLessThan(3 * Math.sqrt(8));
      expect(governed.filter(({ news }) => news > 0).length / governed.length).toBeCloseTo(0.5, 1);
    }
  });

  it.for([0, 0.2, 0.5, 1])("comes over the direct pairs as often as the closed form says, with news and without, signal %d", (signal) => {
    const hours = PAIRS.flatMap((instrument) => hoursOf(11, signal, instrument, SOME));
    const expected = optimalAccuracy(signal);
    for (const group of [hours, hours.filter(({ news }) => news !== 0), hours.filter(({ news }) => news === 0)]) {
      expect(group.length).toBeGreaterThan(40_000);
      if (signal === 1) expect(group.every((hour) => hour.sign === likelier(hour))).toBe(true);
      else expect(Math.abs(zOf(group, likelier, expected))).toBeLessThan(3);
    }
  });

  it.for([0, 0.2, 0.5])("rewards the reversal rule, which sees no news, as the lower bound says, signal %d", (signal) => {
    const hours = PAIRS.flatMap((instrument) => hoursOf(11, signal, instrument, SOME));
    const { lower } = marketOnlyBounds(signal);
    const hits = hours.filter(({ sign, last }) => sign === -last).length / hours.length;
    // Dollar events make hits of five pairs alike: five times the variance at most.
    const slack = 3 * Math.sqrt((5 * 0.25) / hours.length);
    expect(hits).toBeGreaterThan(lower - slack);
    // After a weekend an event's first hour may come late: at most one hour in 120, by signal^2 / 2.
    expect(hits).toBeLessThan(lower + slack + signal ** 2 / 240);
  });

  it("leaves the best forecast of a cross between its bounds, and exact where the legs agree", () => {
    const signal = 0.4;
    const market = createSimulatedMarket({ seed: 3, signal });
    const legs = ["EUR_USD", "USD_SGD"].map((leg) => new Map(hoursOf(3, signal, leg, TO).map((hour) => [hour.start, hour])));
    const bars = tickCandles(market, "EUR_SGD", FROM, TO);
    let [agreed, agreedHits, all, hits] = [0, 0, 0, 0];
    for (let i = 1; i < bars.length; i++) {
      const [eur, sgd] = legs.map((leg) => leg.get(bars[i]!.start));
      const move = Math.sign(bars[i]!.fold.mid.c - bars[i - 1]!.fold.mid.c);
      if (!eur || !sgd || move === 0) continue;
      // Where the legs disagree, the larger pair by its usual volatility decides.
      const hit = move === likelier(eur);
      all += 1;
      hits += hit ? 1 : 0;
      if (likelier(eur) !== likelier(sgd)) continue;
      agreed += 1;
      agreedHits += hit ? 1 : 0;
    }
    expect(Math.abs(share(agreedHits, agreed, optimalAccuracy(signal)).z)).toBeLessThan(3);
    const { lower, upper } = crossAccuracyBounds(signal);
    expect(hits / all).toBeGreaterThan(lower);
    expect(hits / all).toBeLessThan(upper);
  });
});

describe("news events", () => {
  const from = Date.UTC(2015, 4, 4) / HOUR;
  const hours = Array.from({ length: 400 }, (_, i) => from + i);

  it("are the same in any order of asking, become public within their hour, and differ by seed", () => {
    const ask = (events: NewsEvents, order: readonly number[]) => new Map(order.map((hour) => [hour, events.eventIn("GBP", hour)]));
    const forward = ask(new NewsEvents(4), hours);
    const backward = ask(new NewsEvents(4), [...hours].reverse());
    for (const hour of hours) {
      const event = forward.get(hour) ?? null;
      expect(backward.get(hour)).toEqual(event);
      if (event === null) continue;
      expect(event.public_at).toBeGreaterThan(hour * HOUR);
      expect(event.public_at).toBeLessThan((hour + 1) * HOUR);
    }
    expect([...ask(new NewsEvents(5), hours).values()]).not.toEqual([...forward.values()]);
  });

  it("govern from the second full hour after publication, for eight hours, the newest first", () => {
    const events = new NewsEvents(4);
    for (const hour of hours) {
      const candidates = Array.from({ length: 8 }, (_, i) => hour - 2 - i).flatMap((at) => [
        events.eventIn("USD", at) ?? [],
        events.eventIn("JPY", at) ?? [],
      ]);
      const newest = candidates.flat().sort((a, b) => b.public_at - a.public_at)[0] ?? null;
      expect(events.governing(["USD", "JPY"])(hour)).toEqual(newest);
      if (newest) expect(hour * HOUR - newest.public_at).toBeGreaterThan(HOUR);
    }
  });

  it("leave sizes, spreads and tick counts alone: only the sign differs by the signal", () => {
    const of = (signal: number) => hoursOf(6, signal, "USD_JPY", "2007-01-01T00:00:00Z");
    const [none, some] = [of(0), of(0.2)];
    expect(some.map(({ start }) => start)).toEqual(none.map(({ start }) => start));
    // Sizes are relative to a price that wanders differently: within its few per cent and a tick of rounding.
    const ratios = some.map(({ size }, i) => (size + 1) / (none[i]!.size + 1));
    expect(Math.max(...ratios)).toBeLessThan(3);
    expect(ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length).toBeCloseTo(1, 0);
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

  it("with a signal, sizes, the hour and the direction change nothing about how often the likelier sign comes", () => {
    const hours = hoursOf(5, 0.2, "USD_SGD", TO);
    const usual = [...hours.map(({ size }) => size)].sort((a, b) => a - b)[hours.length >> 1]!;
    const isAsian = ({ start }: Hour) => new Date(start).getUTCHours() < 8;
    for (const keep of [
      (hour: Hour) => hour.size > usual,
      (hour: Hour) => hour.size <= usual,
      (_hour: Hour, i: number) => (hours[i - 1]?.size ?? 0) > usual,
      isAsian,
      (hour: Hour) => !isAsian(hour),
      (hour: Hour) => likelier(hour) > 0,
      (hour: Hour) => hour.news !== 0 && hour.size > usual,
    ]) {
      expect(Math.abs(zOf(hours.filter(keep), likelier, optimalAccuracy(0.2)))).toBeLessThan(3);
    }
  });
});
