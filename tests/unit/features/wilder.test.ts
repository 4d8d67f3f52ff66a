import { describe, expect, it } from "vitest";
import { adx_14 } from "../../../shared/features/adx.ts";
import { atr_14_pct } from "../../../shared/features/atr.ts";
import { rsi_14 } from "../../../shared/features/rsi.ts";
import { trueRanges, wilderAverage, wilderPath } from "../../../shared/features/wilder.ts";
import { type BarParts, lastValue, ramp, repeat } from "./support.ts";

describe("wilderPath", () => {
  it("starts with the mean of the first values, then keeps (n - 1) / n of itself", () => {
    expect([...wilderPath(Float64Array.of(1, 3, 6, 2), 2)]).toEqual([2, 4, 3]);
  });

  it("is empty, and its average NaN, without a full period", () => {
    expect(wilderPath(Float64Array.of(1), 2)).toHaveLength(0);
    expect(wilderAverage(Float64Array.of(1), 2)).toBeNaN();
  });
});

describe("rsi_14", () => {
  it("weighs the last changes as Wilder does", () => {
    // Flat, then +3 and -1: G = 3/14 * 13/14, L = 1/14.
    const gain = (3 * 13) / 14;
    expect(lastValue(rsi_14, [...repeat(269, 100), 103, 102])).toBeCloseTo((100 * gain) / (gain + 1), 9);
  });

  it("is 100 when mid only rose and 0 when it only fell", () => {
    expect(lastValue(rsi_14, ramp(271))).toBe(100);
    expect(lastValue(rsi_14, ramp(271).reverse())).toBe(0);
  });

  it("settles at 13/27 of 100 when rises and falls alternate and a fall came last", () => {
    expect(lastValue(rsi_14, [...repeat(135, [100, 101]).flat(), 100])).toBeCloseTo(1_300 / 27, 6);
  });

  it("is null when mid never moved, and with 270 bars", () => {
    expect(lastValue(rsi_14, repeat(271, 100))).toBeNull();
    expect(lastValue(rsi_14, ramp(270))).toBeNull();
  });
});

describe("atr_14_pct", () => {
  const calm: BarParts = { o: 100, h: 101, l: 99, c: 100 };

  it("true range reaches to the previous close", () => {
    const ranges = trueRanges(Float64Array.of(1, 106, 95), Float64Array.of(1, 104, 94), Float64Array.of(100, 105, 94));
    expect([...ranges]).toEqual([6, 11]);
  });

  it("takes 1/14 of the last true range, over mid", () => {
    const jump: BarParts = { o: 104, h: 106, l: 104, c: 105 };
    expect(lastValue(atr_14_pct, [...repeat(270, calm), jump])).toBeCloseTo((2 * 13 + 6) / 14 / 105, 12);
  });

  it("is null with 270 bars", () => {
    expect(lastValue(atr_14_pct, repeat(270, calm))).toBeNull();
  });
});

describe("adx_14", () => {
  const up = (i: number): BarParts => ({ o: i, h: i + 1, l: i - 1, c: i });

  it("is 100 in a trend without a step back", () => {
    expect(lastValue(adx_14, ramp(301).map(up))).toBeCloseTo(100, 9);
  });

  it("takes 1/14 of the last DX", () => {
    // 299 steps up of 1, then a bar 4 lower: P = 13/14, M = 4/14, DX = 100 * 9/17.
    const bars = [...ramp(300).map(up), up(296)];
    expect(lastValue(adx_14, bars)).toBeCloseTo((100 * 13 + (100 * 9) / 17) / 14, 9);
  });

  it("an outside bar counts on its longer side alone", () => {
    // 299 steps up of 1, then a high 1 higher and a low 4 lower: P = 13/14, M = 4/14 as above.
    const outside: BarParts = { o: 300, h: 302, l: 295, c: 300 };
    expect(lastValue(adx_14, [...ramp(300).map(up), outside])).toBeCloseTo((100 * 13 + (100 * 9) / 17) / 14, 9);
  });

  it("an inside bar moves neither way, and no movement at all is no trend", () => {
    expect(lastValue(adx_14, repeat(301, up(100)))).toBe(0);
  });

  it("is null with 300 bars", () => {
    expect(lastValue(adx_14, ramp(300).map(up))).toBeNull();
  });
});
