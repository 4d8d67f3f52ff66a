import { describe, expect, it } from "vitest";
import { range_to_spread, spread, spread_ma_20, spread_pct, spread_zscore_20 } from "../../../shared/features/spread.ts";
import { type BarParts, lastValue, ramp } from "./support.ts";

/** Spreads of 1 to 20 around 100: mean 10.5, sample variance 35. */
const QUOTED: BarParts[] = ramp(20).map((s) => ({ c: 100, h: 103, l: 99, bid: 100 - s / 2, ask: 100 + s / 2 }));

describe("spread features", () => {
  it.each([
    [spread, 20],
    [spread_pct, 0.2],
    [spread_ma_20, 10.5],
    [spread_zscore_20, 9.5 / Math.sqrt(35)],
    [range_to_spread, 4 / 20],
  ])("$name", (feature, expected) => {
    expect(lastValue(feature, QUOTED)).toBeCloseTo(expected, 12);
  });

  it("are null on a bar with only a mid price", () => {
    const bars = [...QUOTED, { c: 100 }];
    for (const feature of [spread, spread_pct, spread_ma_20, spread_zscore_20, range_to_spread]) {
      expect(lastValue(feature, bars), feature.name).toBeNull();
    }
  });

  it("one bar without quotes makes the statistics of 20 bars null, and no longer", () => {
    const bars = [{ c: 100 }, ...QUOTED];
    expect(lastValue(spread_ma_20, bars)).toBeCloseTo(10.5, 12);
    expect(lastValue(spread_ma_20, bars.slice(0, 20))).toBeNull();
    expect(lastValue(spread, bars.slice(0, 20))).toBeCloseTo(19, 12);
  });

  it("a spread of 0 has no range in spreads", () => {
    expect(lastValue(range_to_spread, [{ c: 100, h: 101, l: 99, bid: 100, ask: 100 }])).toBeNull();
  });
});
