import { describe, expect, it } from "vitest";
import { vol_5, vol_20, vol_60, vol_of_vol_20 } from "../../../shared/features/closeToCloseVol.ts";
import { garman_klass_vol_20 } from "../../../shared/features/garmanKlass.ts";
import { parkinson_vol_20, range_vol_5 } from "../../../shared/features/rangeVol.ts";
import { rogers_satchell_vol_20 } from "../../../shared/features/rogersSatchell.ts";
import { yang_zhang_vol_20 } from "../../../shared/features/yangZhang.ts";
import { type BarParts, lastValue, ramp, repeat } from "./support.ts";

/** Closes whose log returns are these. */
function closesOf(returns: readonly number[]): number[] {
  const closes = [100];
  for (const r of returns) closes.push(closes.at(-1)! * Math.exp(r));
  return closes;
}

const alternating = (count: number) => ramp(count).map((i) => (i % 2 === 0 ? 0.01 : -0.01));

describe("close-to-close volatility", () => {
  it.each([
    [vol_20, 20],
    [vol_60, 60],
  ])("$name of returns that alternate between -1 % and +1 %: sqrt(n / (n - 1)) %", (feature, n) => {
    expect(lastValue(feature, closesOf(alternating(n)))).toBeCloseTo(0.01 * Math.sqrt(n / (n - 1)), 12);
  });

  it("vol_5 is the sample std of five returns", () => {
    expect(lastValue(vol_5, closesOf([0.01, 0.02, 0.03, 0.04, 0.05]))).toBeCloseTo(Math.sqrt(0.00025), 12);
  });

  it("is not annualised and does not see the sixth return", () => {
    expect(lastValue(vol_5, closesOf([0.5, 0.01, 0.02, 0.03, 0.04, 0.05]))).toBeCloseTo(Math.sqrt(0.00025), 12);
  });

  it("vol_of_vol_20 is the sample std of the last 20 values of vol_20", () => {
    const closes = closesOf(ramp(39).map((i) => Math.sin(i) / 100));
    const vols = ramp(20).map((i) => lastValue(vol_20, closes.slice(0, 20 + i))!);
    const average = vols.reduce((a, b) => a + b) / 20;
    const variance = vols.reduce((sum, v) => sum + (v - average) ** 2, 0) / 19;
    expect(lastValue(vol_of_vol_20, closes)).toBeCloseTo(Math.sqrt(variance), 14);
    expect(lastValue(vol_of_vol_20, closes.slice(1))).toBeNull();
  });

  it("a flat market has a volatility of exactly 0", () => {
    expect(lastValue(vol_20, repeat(21, 1.1))).toBe(0);
  });
});

describe("range volatility", () => {
  const e = (x: number) => 100 * Math.exp(x);
  /** ln(H/L) = 0.03, ln(C/O) = 0.01, ln(H/O) = 0.02, ln(L/O) = -0.01. */
  const bar: BarParts = { o: e(0), h: e(0.02), l: e(-0.01), c: e(0.01) };

  it.each([
    [parkinson_vol_20, Math.sqrt(0.03 ** 2 / (4 * Math.log(2)))],
    [garman_klass_vol_20, Math.sqrt(0.5 * 0.03 ** 2 - (2 * Math.log(2) - 1) * 0.01 ** 2)],
    // ln(H/C) ln(H/O) + ln(L/C) ln(L/O) = 0.01 * 0.02 + 0.02 * 0.01
    [rogers_satchell_vol_20, Math.sqrt(0.0004)],
  ])("$name of twenty equal bars", (feature, expected) => {
    expect(lastValue(feature, repeat(20, bar))).toBeCloseTo(expected, 12);
    expect(lastValue(feature, repeat(19, bar))).toBeNull();
  });

  it("parkinson_vol_20 is the root of the mean, not the mean of roots", () => {
    const wide = { o: e(0), h: e(0.04), l: e(0), c: e(0) };
    const flat = { c: 100 };
    const bars = repeat(10, [wide, flat]).flat();
    expect(lastValue(parkinson_vol_20, bars)).toBeCloseTo(Math.sqrt((0.5 * 0.04 ** 2) / (4 * Math.log(2))), 12);
  });

  it("yang_zhang_vol_20 adds the jumps between bars to open-close and Rogers-Satchell", () => {
    // Each bar opens 0.01 above or below the last close, moves +0.02 or -0.02 without a wick: its RS term is 0.
    let level = 0;
    const bars: BarParts[] = [{ c: e(0) }];
    for (let i = 0; i < 20; i++) {
      const sign = i % 2 === 0 ? 1 : -1;
      const open = level + 0.01 * sign;
      level = open + 0.02 * sign;
      bars.push({ o: e(open), c: e(level) });
    }
    const k = 0.34 / (1.34 + 21 / 19);
    const expected = Math.sqrt((0.01 ** 2 * 20) / 19 + (k * 0.02 ** 2 * 20) / 19);
    expect(lastValue(yang_zhang_vol_20, bars)).toBeCloseTo(expected, 12);
    expect(lastValue(yang_zhang_vol_20, bars.slice(1))).toBeNull();
  });

  it("yang_zhang_vol_20 without jumps and with equal bars is sqrt(1 - k) of Rogers-Satchell", () => {
    const round: BarParts = { o: e(0), h: e(0.02), l: e(-0.01), c: e(0) };
    const k = 0.34 / (1.34 + 21 / 19);
    const variance = 0.02 * 0.02 + 0.01 * 0.01;
    expect(lastValue(yang_zhang_vol_20, repeat(21, round))).toBeCloseTo(Math.sqrt((1 - k) * variance), 12);
  });

  it("range_vol_5 is the range of five bars over mid", () => {
    const bars: BarParts[] = [{ c: 500 }, { c: 100, h: 104, l: 99 }, { c: 100 }, { c: 100, l: 97 }, { c: 100 }, { c: 101 }];
    expect(lastValue(range_vol_5, bars)).toBeCloseTo(7 / 101, 15);
  });
});
