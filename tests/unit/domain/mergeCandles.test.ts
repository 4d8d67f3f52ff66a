import { describe, expect, it } from "vitest";
import { HOUR } from "../../../shared/domain/instant.ts";
import { type HourlyColumns, mergeCandles } from "../../../shared/domain/mergeCandles.ts";

/** Wednesday, 17:00 in New York. */
const T0 = Date.UTC(2025, 5, 25, 21);
const columns = (of: Readonly<Record<keyof HourlyColumns, readonly number[]>>): HourlyColumns =>
  Object.fromEntries(Object.entries(of).map(([name, values]) => [name, Float64Array.from(values)])) as HourlyColumns;
/** Prices that no two hours share. */
const hours = (starts: readonly number[]): HourlyColumns =>
  columns({
    start: starts.map((hour) => T0 + hour * HOUR),
    mid_o: starts.map((hour) => 100 + hour),
    mid_h: starts.map((hour) => 101 + hour),
    mid_l: starts.map((hour) => 99 + hour),
    mid_c: starts.map((hour) => 100.5 + hour),
    bid_c: starts.map((hour) => 100.4 + hour),
    ask_c: starts.map((hour) => 100.6 + hour),
    volume: starts.map((hour) => 10 + hour),
  });

describe("mergeCandles", () => {
  it("leaves bars as they are while there are no more than wanted", () => {
    const { step, candles } = mergeCandles(hours([0, 1, 5]), 3);
    expect(step).toBe("H1");
    expect(candles.map(({ start, end, bars }) => [start - T0, end - T0, bars])).toEqual([
      [0, HOUR, 1],
      [HOUR, 2 * HOUR, 1],
      [5 * HOUR, 6 * HOUR, 1],
    ]);
    expect(candles[0]).toMatchObject({ open: 100, high: 101, low: 99, close: 100.5, bid_close: 100.4, ask_close: 100.6, volume: 10 });
  });

  it("takes the first open, the highest high, the lowest low, the last close, and the mean spread", () => {
    const bars = columns({
      start: [T0, T0 + HOUR, T0 + 2 * HOUR, T0 + 3 * HOUR],
      mid_o: [10, 11, 12, 13],
      mid_h: [12, 19, 14, 15],
      mid_l: [9, 10, 3, 12],
      mid_c: [11, 12, 13, 14],
      bid_c: [10.99, 11.98, 12.97, 13.96],
      ask_c: [11.01, 12.02, 13.03, 14.04],
      volume: [1, 2, 3, 4],
    });
    const { step, candles } = mergeCandles(bars, 1);
    expect(step).toBe("H4");
    expect(candles).toHaveLength(1);
    expect(candles[0]).toMatchObject({
      ...{ start: T0, end: T0 + 4 * HOUR, bars: 4, volume: 10 },
      ...{ open: 10, high: 19, low: 3, close: 14, bid_close: 13.96, ask_close: 14.04 },
    });
    expect(candles[0]!.spread_bp).toBeCloseTo((0.02 / 11 + 0.04 / 12 + 0.06 / 13 + 0.08 / 14) * 2500, 9);
  });

  it("is null where nothing was given, and means what there is", () => {
    const bars = hours([0, 1]);
    bars.ask_c[1] = Number.NaN;
    bars.volume[0] = Number.NaN;
    const [first, second] = mergeCandles(bars, 2).candles;
    expect(first).toMatchObject({ volume: null });
    expect(second).toMatchObject({ ask_close: null, bid_close: 101.4, spread_bp: null, volume: 11 });
    const [merged] = mergeCandles(bars, 1).candles;
    expect(merged).toMatchObject({ ask_close: null, volume: 11, spread_bp: first!.spread_bp });
  });

  it("goes to the next step only where there would be too many, and every bar is in one candle", () => {
    const open = Array.from({ length: 24 * 90 }, (_, hour) => hour).filter((hour) => hour % 168 < 120);
    for (const max_points of [2_000, 1_000, 500, 100, 50, 10]) {
      const { candles } = mergeCandles(hours(open), max_points);
      expect(candles.length).toBeLessThanOrEqual(max_points);
      expect(candles.reduce((sum, { bars }) => sum + bars, 0)).toBe(open.length);
      expect(candles[0]!.open).toBe(100);
      expect(candles.at(-1)!.close).toBe(100.5 + open.at(-1)!);
    }
    expect([1_560, 1_559, 780, 779].map((max) => mergeCandles(hours(open), max).step)).toEqual(["H1", "H2", "H2", "H4"]);
  });

  it("has no candle where there is no bar", () => {
    expect(mergeCandles(hours([]), 10)).toEqual({ step: "H1", candles: [] });
    expect(mergeCandles(hours([0, 100]), 2).candles).toHaveLength(2);
  });
});
