import { describe, expect, it } from "vitest";
import {
  correlation,
  mean,
  meanOfRange,
  percentileOfLast,
  percentileOfRange,
  rollingStd,
  sampleStd,
  sampleVariance,
  stdOfRange,
  sumOfRange,
  varianceOfRange,
  zscoreOfLast,
} from "../../../shared/features/stats.ts";

const of = (...values: number[]) => Float64Array.from(values);

describe("stats", () => {
  it("mean and sample variance", () => {
    expect(mean(of(1, 2, 6))).toBe(3);
    expect(sampleVariance(of(1, 2, 6))).toBe(7);
    expect(sampleStd(of(1, 2, 6))).toBe(Math.sqrt(7));
  });

  it("of a range are those of its values alone", () => {
    const values = of(50, 1, 2, 6, -70);
    expect(meanOfRange(values, 1, 4)).toBe(3);
    expect(sumOfRange(values, 1, 4)).toBe(9);
    expect(varianceOfRange(values, 1, 4)).toBe(7);
    expect(stdOfRange(values, 1, 4)).toBe(Math.sqrt(7));
    expect(percentileOfRange(values, 1, 4)).toBe(1);
    expect(percentileOfRange(of(50, 1, 3, 6, 2, -70), 1, 5)).toBeCloseTo(1 / 3, 15);
  });

  it("two values have a variance: half the square of their difference", () => {
    expect(sampleVariance(of(1, 3))).toBe(2);
  });

  it("equal values have exactly their mean and no variance", () => {
    const thirds = of(...Array.from({ length: 20 }, () => 0.1 + 0.2));
    expect(mean(thirds)).toBe(0.1 + 0.2);
    expect(sampleVariance(thirds)).toBe(0);
    expect(zscoreOfLast(thirds)).toBeNaN();
  });

  it("variance is exact where the textbook formula cancels", () => {
    expect(sampleVariance(of(1e9 + 1, 1e9 + 2, 1e9 + 3))).toBeCloseTo(1, 6);
  });

  it("too few values, and any NaN, give NaN", () => {
    for (const value of [mean(of()), sampleStd(of()), sampleStd(of(1)), mean(of(1, Number.NaN)), sampleStd(of(Number.NaN, 1, 2))]) {
      expect(value).toBeNaN();
    }
    expect(percentileOfLast(of(1, Number.NaN, 2))).toBeNaN();
    expect(percentileOfLast(of(1, 2, Number.NaN))).toBeNaN();
    expect(correlation(of(1, 2, Number.NaN), of(1, 2, 3))).toBeNaN();
  });

  it("rolling std is the sample std of each run, to the bit", () => {
    const values = of(0.1, 0.7, -0.3, 0.2, 0.9);
    expect([...rollingStd(values, 3)]).toEqual([0, 1, 2].map((i) => sampleStd(values.slice(i, i + 3))));
    expect(rollingStd(values, 6)).toHaveLength(0);
  });

  it("z-score of the last value", () => {
    expect(zscoreOfLast(of(1, 2, 6))).toBeCloseTo(3 / Math.sqrt(7), 15);
  });

  it("correlation", () => {
    expect(correlation(of(1, 2, 3), of(2, 4, 6))).toBe(1);
    expect(correlation(of(1, 2, 3), of(3, 2, 1))).toBe(-1);
    expect(correlation(of(1, 2, 3), of(1, 3, 2))).toBeCloseTo(0.5, 15);
    expect(correlation(of(1, 2, 3), of(5, 5, 5))).toBeNaN();
  });

  it.each([
    [[1, 2, 3], 1],
    [[3, 2, 1], 0],
    [[5, 5, 5], 0.5],
    [[1, 2, 4, 9, 3], 0.5],
    [[1, 3, 4, 9, 3], 0.375],
  ])("percentile of the last of %j is %d", (values, expected) => {
    expect(percentileOfLast(of(...values))).toBe(expected);
  });
});
