import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findSpikes, SPIKE_GUARD } from "../../../shared/bronze/findSpikes.ts";
import type { Bar, Ohlc } from "../../../shared/domain/bar.ts";
import { HOUR, WEEK } from "../../../shared/domain/instant.ts";

const T0 = Date.UTC(2025, 5, 2);

function bar(hour: number, close: number, change: Partial<Ohlc> = {}): Bar {
  const mid = { o: close, h: close * 1.001, l: close * 0.999, c: close, ...change };
  return { instrument: "USD_SGD", granularity: "H1", start: T0 + hour * HOUR, mid, bid: null, ask: null, volume: null };
}

const series = (closes: readonly number[]) => closes.map((close, hour) => bar(hour, close));
const flagged = (bars: readonly Bar[], known: readonly Bar[] = [], guard = SPIKE_GUARD) =>
  findSpikes(bars, known, guard).flatMap((refusal, i) => (refusal ? [i] : []));

describe("findSpikes", () => {
  it.each<[string, readonly Bar[], readonly number[]]>([
    ["a close ten times its neighbours", series([1.3, 1.3, 1.3, 13, 1.3, 1.3, 1.3]), [3]],
    ["a tenth of them", series([1.3, 1.3, 1.3, 0.13, 1.3, 1.3, 1.3]), [3]],
    ["two digits exchanged", series([1.27, 1.27, 1.27, 1.72, 1.27, 1.27, 1.27]), [3]],
    ["the price turned upside down, twice as large as a unit", series([2, 2, 2, 0.5, 2, 2, 2]), [3]],
    ["the price turned upside down", series([1.6, 1.6, 1.6, 1 / 1.6, 1.6, 1.6]), [3]],
    ["two bars of another pair in a row", series([1.3, 1.3, 1.3, 150, 150, 1.3, 1.3, 1.3]), [3, 4]],
    ["the first bar", series([13, 1.3, 1.3, 1.3]), [0]],
    ["the last bar", series([1.3, 1.3, 1.3, 13]), [3]],
    ["a high alone", series([1.3, 1.3, 1.3]).concat(bar(3, 1.3, { h: 13 }), bar(4, 1.3), bar(5, 1.3)), [3]],
    ["a low alone", series([1.3, 1.3, 1.3]).concat(bar(3, 1.3, { l: 0.13 }), bar(4, 1.3), bar(5, 1.3)), [3]],
    [
      "the close and the open behind it",
      series([1.3, 1.3, 1.3]).concat(bar(3, 1.3, { c: 13, h: 13 }), bar(4, 1.3, { o: 13, h: 13 }), bar(5, 1.3)),
      [3, 4],
    ],
    ["a fall of a fifth that stays, as the franc's in 2015", series([1.2, 1.2, 1.2, 0.97, 0.98, 0.98, 0.98]), []],
    ["a gap of two fifths that stays", series([1.2, 1.2, 1.2, 0.8, 0.8, 0.8, 0.8]), []],
    ["a flash crash to a low that is 30 % away", series([1.2, 1.2, 1.2]).concat(bar(3, 1.19, { l: 0.84 }), bar(4, 1.2), bar(5, 1.2)), []],
    ["a fall of a third in the newest bar, which may last", series([1.2, 1.2, 1.2, 0.8]), []],
    ["a bar that nothing is known around", [bar(0, 13)], []],
    ["the middle one of three, which its two neighbours judge", series([1.3, 13, 1.3]), [1]],
    ["the middle one of three, a week from each other", series([1.3, 13, 1.3]).map((one, i) => ({ ...one, start: T0 + i * WEEK })), [1]],
    ["one of two bars, nobody knows which", series([1.3, 13]), []],
    ["years between", [bar(0, 1.3), bar(1, 1.3), { ...bar(2, 2.6), start: T0 + 200 * WEEK }], []],
  ])("%s", (_name, bars, expected) => {
    expect(flagged(bars)).toEqual(expected);
    expect(flagged(bars.toReversed())).toEqual(expected.map((i) => bars.length - 1 - i).toReversed());
  });

  it("holds a bar against what is stored around it, and names the guard", () => {
    const known = [bar(0, 1.3), bar(1, 1.3), bar(3, 1.3)];
    expect(flagged([bar(2, 13)], known)).toEqual([0]);
    expect(findSpikes([bar(2, 13)], known, SPIKE_GUARD)[0]).toEqual({
      reason: "spike",
      detail: expect.stringMatching(/^mid: open 13, high .*, close 13 stand alone among closes of 1\.3 to 1\.3 \(SPIKE_GUARD 0\.25\)$/),
    });
    expect(flagged([bar(2, 13)], known, 5)).toEqual([]);
  });

  it.each([{ h: 13 }, { l: 0.13 }])("holds the extremes of a bar that is alone in its file, %j, against what is stored", (change) => {
    expect(flagged([bar(2, 1.3, change)], [bar(0, 1.3), bar(1, 1.3), bar(3, 1.3)])).toEqual([0]);
  });

  it("names the lowest and the highest of the closes around", () => {
    const known = [bar(0, 1.3), bar(1, 1.29), bar(3, 1.31)];
    expect(findSpikes([bar(2, 13)], known, SPIKE_GUARD)[0]!.detail).toContain("closes of 1.29 to 1.31");
  });

  it("lets pass a bid at half the guard from mid, and not one at four tenths", () => {
    const bid = (price: number) => [{ ...bar(0, 1), bid: { o: price, h: price, l: price, c: price } }];
    expect([0.875, 1.125, 1.4, 0.7].map((price) => flagged(bid(price)))).toEqual([[], [], [0], [0]]);
  });

  it("finds a spike of three hundredths where the guard is one hundredth", () => {
    expect(flagged(series([1.3, 1.3, 1.3, 1.34, 1.3, 1.3, 1.3]), [], 0.01)).toEqual([3]);
  });

  it.each(["bid", "ask"] as const)("holds the %s against the bar's own mid, where the other side was never given", (side) => {
    const bars = series([1.3, 1.3, 1.3, 1.3, 1.3]);
    const one = (price: number) => ({ ...bars[2]!, [side]: { o: price, h: price, l: price, c: price } });
    expect(flagged([bars[0]!, bars[1]!, one(1.3), bars[3]!, bars[4]!])).toEqual([]);
    expect(flagged([bars[0]!, bars[1]!, one(13), bars[3]!, bars[4]!])).toEqual([2]);
  });

  it("holds a bar against a stored one that lies between two of the file", () => {
    const known = [bar(0, 1.3), bar(1, 1.3), bar(3, 1.3)];
    expect(flagged([bar(2, 13), bar(4, 13)], known)).toEqual([0, 1]);
  });

  it.each<[string, Partial<Bar>]>([
    ["both", { ask: bar(0, 1.3).mid }],
    ["bid alone", { ask: null }],
  ])("holds bid and ask against the mid of their bar: %s", (_name, ask) => {
    const side = { o: 1.3, h: 1.3, l: 1.3, c: 0.13 };
    expect(findSpikes([{ ...bar(0, 1.3), bid: side, ...ask }], [], SPIKE_GUARD)[0]).toEqual({
      reason: "spike",
      detail: "bid.c: 0.13 is far from mid.c 1.3 (SPIKE_GUARD 0.25)",
    });
  });

  it("takes a move of exactly the guard for none, and one of open or close alone for a move", () => {
    const guard = Math.log(2);
    const around = (one: Bar) => [bar(0, 1), bar(1, 1), one, bar(3, 1), bar(4, 1)];
    const flat = (close: number, change: Partial<Ohlc> = {}) => bar(2, close, { h: Math.max(close, 1), l: 1, ...change });
    expect(flagged(around(flat(2, { o: 2, h: 2 })), [], guard)).toEqual([]);
    expect(flagged(around(flat(2.01, { o: 2.01, h: 2.01 })), [], guard)).toEqual([2]);
    expect(flagged(around(flat(1, { o: 2.01, h: 2.01 })), [], guard)).toEqual([2]);
    expect(flagged(around(flat(2.01, { o: 1, h: 2.01 })), [], guard)).toEqual([2]);
  });

  it("finds a slipped point anywhere in a walk, and nothing else", () => {
    const walk = fc.array(fc.double({ min: -0.05, max: 0.05, noNaN: true }), { minLength: 8, maxLength: 60 });
    fc.assert(
      fc.property(walk, fc.nat(), fc.constantFrom(0.1, 10, 100), (moves, at, factor) => {
        let log = 0;
        const bars = moves.map((move, hour) => {
          log += move;
          return bar(hour, Math.exp(log));
        });
        if (flagged(bars).length > 0) return false;
        const spiked = at % bars.length;
        const wrong = bars.map((one, i) => (i === spiked ? bar(i, one.mid.c * factor) : one));
        return flagged(wrong).join() === String(spiked);
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  it("finds the same in bars that come the other way round, which takes the long way: steady, moving and jumping", () => {
    const step = fc.oneof(
      { weight: 8, arbitrary: fc.double({ min: -0.02, max: 0.02 }) },
      { weight: 1, arbitrary: fc.double({ min: -0.6, max: 0.6 }) },
    );
    const edge = fc.double({ min: 0, max: 0.02, noNaN: true });
    const rows = fc.array(fc.record({ step, edge, gap: fc.constantFrom(1, 1, 1, 60, 300) }), { minLength: 1, maxLength: 14 });
    fc.assert(
      fc.property(rows, fc.nat(4), fc.nat(4), fc.constantFrom(0.05, SPIKE_GUARD, 3), (all, before, behind, guard) => {
        let [hour, close] = [0, 1.3];
        const bars = all.map((row) => {
          hour += row.gap;
          close *= Math.exp(row.step);
          return bar(hour, close, { o: close * (1 - row.edge), h: close * (1 + row.edge), l: close * (1 - 2 * row.edge) });
        });
        const own = bars.slice(before, Math.max(before, bars.length - behind));
        const known = [...bars.slice(0, before), ...bars.slice(before + own.length)];
        expect(findSpikes(own, known, guard)).toEqual(findSpikes(own.toReversed(), known, guard).toReversed());
      }),
      { numRuns: 2_000, seed: 12 },
    );
  });
});
