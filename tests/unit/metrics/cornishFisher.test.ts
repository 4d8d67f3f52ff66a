import { describe, expect, it } from "vitest";
import { cornishFisher } from "../../../shared/metrics/cornishFisher.ts";

const Z_99 = 2.3263478740408408;

describe("the quantile of three moments", () => {
  it("of values that lie evenly about their mean is the normal one", () => {
    expect(cornishFisher(Float64Array.of(1, 3, 5), 0.99)).toBeCloseTo(3 + Z_99 * Math.sqrt(8 / 3), 9);
    expect(cornishFisher(Float64Array.of(1, 3, 5), 0.5)).toBeCloseTo(3, 12);
  });

  it.each([0.5, 0.99, 0.01])("of skewed ones is moved by (z^2 - 1) g / 6 standard deviations, at %d", (level) => {
    // 0, 0, 0, 4: mean 1, variance 3, third moment (3 (-1)^3 + 3^3) / 4 = 6.
    const z = level === 0.5 ? 0 : level > 0.5 ? Z_99 : -Z_99;
    const skewness = 6 / 3 ** 1.5;
    expect(cornishFisher(Float64Array.of(0, 4, 0, 0), level)).toBeCloseTo(1 + Math.sqrt(3) * (z + ((z ** 2 - 1) * skewness) / 6), 9);
  });

  it("of values that are all the same is theirs", () => {
    expect(cornishFisher(Float64Array.of(2, 2, 2), 0.99)).toBe(2);
  });
});
