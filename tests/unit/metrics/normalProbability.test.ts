import { describe, expect, it } from "vitest";
import { normalProbability } from "../../../shared/metrics/normalProbability.ts";
import { normalQuantile } from "../../../shared/metrics/normalQuantile.ts";

describe("normalProbability", () => {
  it.each([
    [0, 0.5],
    [1, 0.841344746068543],
    [-1.959963984540054, 0.025],
    [3, 0.99865010196837],
    [9, 1],
    [-9, 0],
    [Number.POSITIVE_INFINITY, 1],
    [Number.NEGATIVE_INFINITY, 0],
  ])("P(X <= %d) = %d", (x, expected) => {
    expect(normalProbability(x)).toBeCloseTo(expected, 14);
  });

  it("takes back what normalQuantile gave", () => {
    for (let p = 0.0005; p < 1; p += 0.0005) expect(normalProbability(normalQuantile(p))).toBeCloseTo(p, 13);
  });

  it("is not a number of none", () => {
    expect(normalProbability(Number.NaN)).toBeNaN();
  });
});
