import { describe, expect, it } from "vitest";
import { vol_20 } from "../../../shared/features/closeToCloseVol.ts";
import { high_vol_regime, low_vol_regime, vol_percentile_100 } from "../../../shared/features/volPercentile.ts";
import { lastValue, ramp, repeat } from "./support.ts";

/** 120 closes whose moves grow (or shrink) bar by bar, so that vol_20 is the highest (lowest) of its last 100. */
const growing = ramp(120).map((i) => 100 + (i % 2) * i * 0.01);
const shrinking = ramp(120).map((i) => 100 + (i % 2) * (121 - i) * 0.01);

describe("vol_percentile_100 and regimes", () => {
  it("is 1 at the highest, 0 at the lowest", () => {
    expect(lastValue(vol_percentile_100, growing)).toBe(1);
    expect(lastValue(vol_percentile_100, shrinking)).toBe(0);
    expect([lastValue(high_vol_regime, growing), lastValue(low_vol_regime, growing)]).toEqual([1, 0]);
    expect([lastValue(high_vol_regime, shrinking), lastValue(low_vol_regime, shrinking)]).toEqual([0, 1]);
  });

  it("is 1/2 when all are equal: neither regime", () => {
    expect(lastValue(vol_percentile_100, repeat(120, 100))).toBe(0.5);
    expect([lastValue(high_vol_regime, repeat(120, 100)), lastValue(low_vol_regime, repeat(120, 100))]).toEqual([0, 0]);
  });

  it("is the share of the other 99 values of vol_20 that are lower", () => {
    const closes = ramp(120).map((i) => 100 + Math.sin(i * i));
    const vols = ramp(100).map((i) => lastValue(vol_20, closes.slice(0, 20 + i))!);
    const lower = vols.filter((vol) => vol < vols.at(-1)!).length;
    expect(lower).toBeGreaterThan(5);
    expect(lower).toBeLessThan(94);
    expect(lastValue(vol_percentile_100, closes)).toBe(lower / 99);
  });

  it("is null, with both regimes, before 120 bars", () => {
    for (const feature of [vol_percentile_100, high_vol_regime, low_vol_regime]) {
      expect(lastValue(feature, growing.slice(1)), feature.name).toBeNull();
    }
  });
});
