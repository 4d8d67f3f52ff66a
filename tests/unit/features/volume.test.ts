import { describe, expect, it } from "vitest";
import { amihud_20 } from "../../../shared/features/amihud.ts";
import { volume, volume_ma_20, volume_ratio_20, volume_zscore_20 } from "../../../shared/features/volume.ts";
import { type BarParts, lastValue, ramp, repeat } from "./support.ts";

const TICKS: BarParts[] = ramp(20).map((ticks) => ({ c: 100, volume: ticks }));

describe("volume features", () => {
  it.each([
    [volume, 20],
    [volume_ma_20, 10.5],
    [volume_ratio_20, 20 / 10.5],
    [volume_zscore_20, 9.5 / Math.sqrt(35)],
  ])("$name", (feature, expected) => {
    expect(lastValue(feature, TICKS)).toBeCloseTo(expected, 12);
  });

  it("are null where a volume is unknown", () => {
    const bars = [...TICKS.slice(1), { c: 100 }];
    for (const feature of [volume, volume_ma_20, volume_ratio_20, volume_zscore_20]) {
      expect(lastValue(feature, bars), feature.name).toBeNull();
    }
  });
});

describe("amihud_20", () => {
  it("is the mean absolute log return per tick", () => {
    // Up and down by 10 %, on 4 ticks and on 2.
    const bars = repeat(10, [
      { c: 110, volume: 4 },
      { c: 100, volume: 2 },
    ]).flat();
    expect(lastValue(amihud_20, [{ c: 100, volume: 1 }, ...bars])).toBeCloseTo(Math.log(1.1) * 0.375, 14);
  });

  it("needs no volume in the bar before the first return, but one in all others, and none of 0", () => {
    const bars = repeat(20, { c: 100, volume: 3 });
    expect(lastValue(amihud_20, [{ c: 90 }, ...bars])).toBeCloseTo(Math.log(100 / 90) / 3 / 20, 14);
    expect(lastValue(amihud_20, [{ c: 90 }, ...bars.slice(1), { c: 100 }])).toBeNull();
    expect(lastValue(amihud_20, [{ c: 90 }, ...bars.slice(1), { c: 100, volume: 0 }])).toBeNull();
    expect(lastValue(amihud_20, bars)).toBeNull();
  });
});
