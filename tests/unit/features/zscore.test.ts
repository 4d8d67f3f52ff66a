import { describe, expect, it } from "vitest";
import { bollinger_pct_b_20 } from "../../../shared/features/bollinger.ts";
import { roll_mean_20, zscore_20 } from "../../../shared/features/zscore.ts";
import { lastValue, ramp, repeat } from "./support.ts";

// 101 to 120: mean 110.5, sample variance 20 * 21 / 12 = 35.
const CLOSES = ramp(20, 100);

describe("roll_mean_20, zscore_20, bollinger_pct_b_20", () => {
  it("take the mean and the sample std of the price over 20 bars", () => {
    expect(lastValue(roll_mean_20, CLOSES)).toBe(110.5);
    expect(lastValue(zscore_20, CLOSES)).toBeCloseTo(9.5 / Math.sqrt(35), 12);
  });

  it("%b is 1/2 on the mean and a quarter of a z-score more or less", () => {
    expect(lastValue(bollinger_pct_b_20, CLOSES)).toBeCloseTo(0.5 + 9.5 / Math.sqrt(35) / 4, 12);
  });

  it("forget the 21st bar", () => {
    expect(lastValue(roll_mean_20, [1_000, ...CLOSES])).toBe(110.5);
  });

  it("are null without 20 bars", () => {
    for (const feature of [roll_mean_20, zscore_20, bollinger_pct_b_20]) expect(lastValue(feature, CLOSES.slice(1))).toBeNull();
  });

  it("are null, not noise, when the price never moved", () => {
    const flat = repeat(20, 1.34567);
    expect(lastValue(roll_mean_20, flat)).toBe(1.34567);
    expect(lastValue(zscore_20, flat)).toBeNull();
    expect(lastValue(bollinger_pct_b_20, flat)).toBeNull();
  });
});
