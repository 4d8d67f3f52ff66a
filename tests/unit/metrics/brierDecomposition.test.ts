import { describe, expect, it } from "vitest";
import { brierDecomposition } from "../../../shared/metrics/brierDecomposition.ts";

describe("the decomposition of a Brier score of 0.19 in two bins of four", () => {
  // 0.2 and 0.8 are said; a quarter and three quarters rise. c = 0.25 x 0.75 / 3, u = 0.25 / 7.
  const p = [0.2, 0.2, 0.2, 0.2, 0.8, 0.8, 0.8, 0.8];
  const y = [1, 0, 0, 0, 1, 1, 1, 0];

  it("has every term by hand", () => {
    const found = brierDecomposition({ y, p })!;
    expect(found.reliability).toBeCloseTo(0.05 ** 2 - 0.0625, 12);
    expect(found.resolution).toBeCloseTo(0.25 ** 2 - 0.0625 + 0.25 / 7, 12);
    expect(found.uncertainty).toBeCloseTo(0.25 + 0.25 / 7, 12);
    expect(found.within_bins).toBeCloseTo(0, 12);
    expect(found.reliability - found.resolution + found.uncertainty).toBeCloseTo(0.19, 12);
  });
});
