import { describe, expect, it } from "vitest";
import { ewma, ewma_long, ewma_short, ewma_signal, ewmaPath } from "../../../shared/features/ewma.ts";
import { lastValue, ramp, repeat } from "./support.ts";

describe("ewma", () => {
  it("weighs by age and divides by the sum of the weights", () => {
    // span 3: alpha 1/2, weights 1/4, 1/2, 1.
    expect(ewma(Float64Array.of(4, 8, 16), 3)).toBeCloseTo((1 + 4 + 16) / 1.75, 14);
    expect([...ewmaPath(Float64Array.of(4, 8), 3)]).toEqual([4, (2 + 8) / 1.5]);
  });

  it("the last of the path is the average itself", () => {
    const values = Float64Array.from(ramp(40));
    expect(ewmaPath(values, 7).at(-1)).toBe(ewma(values, 7));
  });

  it("lags a straight line by (span - 1) / 2 bars", () => {
    const line = ramp(200, 1_000);
    expect(lastValue(ewma_short, line)).toBeCloseTo(1_200 - 2, 5);
    expect(lastValue(ewma_long, line)).toBeCloseTo(1_200 - 9.5, 5);
    expect(lastValue(ewma_signal, line)).toBeCloseTo(Math.log(1_198 / 1_190.5), 8);
  });

  it("moves by alpha = 2 / (span + 1) of a jump in the last bar", () => {
    const jump = [...repeat(199, 100), 103];
    expect(lastValue(ewma_short, jump)).toBeCloseTo(100 + 3 / 3, 6);
    expect(lastValue(ewma_long, jump)).toBeCloseTo(100 + 6 / 21, 6);
  });

  it("what lies beyond ten spans moves it by less than 2.1e-9 of the difference", () => {
    const recent = ramp(200).map((i) => 1 + Math.sin(i) / 100);
    const untruncated = ewma(Float64Array.from([...repeat(3_000, 2), ...recent]), 20);
    expect(Math.abs(untruncated - lastValue(ewma_long, recent)!)).toBeLessThan(2.1e-9);
    expect(lastValue(ewma_long, [...repeat(3_000, 2), ...recent])).toBe(lastValue(ewma_long, recent));
  });

  it("is null before ten spans", () => {
    expect(lastValue(ewma_short, ramp(49))).toBeNull();
    expect(lastValue(ewma_short, ramp(50))).not.toBeNull();
    expect(lastValue(ewma_signal, ramp(199))).toBeNull();
  });
});
