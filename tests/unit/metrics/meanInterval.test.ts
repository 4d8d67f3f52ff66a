import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { criticalValue } from "../../../shared/metrics/criticalValue.ts";
import { Z_95 } from "../../../shared/metrics/interval.ts";
import { meanInterval, meanStandardError } from "../../../shared/metrics/meanInterval.ts";

const values = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 2, maxLength: 40 });

describe("meanStandardError", () => {
  // Mean 2, deviations -1, 0, 2, -1: squares add up to 6, products of neighbours to -2, of next neighbours to -1 + 0 = -2.
  const series = [1, 2, 4, 1];

  it.each([
    ["independent rows: s / sqrt(n)", {}, (4 / 3) * 6],
    ["lag 1, weight 1/2", { lag: 1 }, (4 / 3) * (6 + 2 * (1 / 2) * -2)],
    ["lag 2, weights 2/3 and 1/3", { lag: 2 }, (4 / 3) * (6 + 2 * (2 / 3) * -2 + 2 * (1 / 3) * (-1 * 2 + 0 * -1))],
    ["two clusters, sums -1 and 1", { clusters: [7, 7, 8, 8] }, 2 * 2],
    ["clusters of one row", { clusters: [4, 3, 2, 1] }, (4 / 3) * 6],
  ])("%s", (_name, options, squared_times_n2) => {
    expect(meanStandardError(series, options)).toBeCloseTo(Math.sqrt(squared_times_n2) / 4, 12);
  });

  it("is wider for rows that repeat, by the root of the repetition, when they are clustered", () => {
    const twice = series.flatMap((value) => [value, value]);
    const clusters = [1, 1, 2, 2, 3, 3, 4, 4];
    expect(meanStandardError(twice, { clusters })).toBeCloseTo(meanStandardError(series)!, 12);
  });

  it("is never negative or NaN, whatever the lag", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 60 }), (series, lag) => {
        expect(meanStandardError(series, { lag })).toBeGreaterThanOrEqual(0);
      }),
      { seed: 5 },
    );
  });

  it("scales with the values and ignores a shift", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 3 }), (series, lag) => {
        const moved = meanStandardError(
          series.map((value) => 3 * value + 5),
          { lag },
        );
        expect(moved).toBeCloseTo(3 * meanStandardError(series, { lag })!, 6);
      }),
      { seed: 6 },
    );
  });

  it("is null for fewer than two rows or clusters", () => {
    expect(meanStandardError([])).toBeNull();
    expect(meanStandardError([1])).toBeNull();
    expect(meanStandardError([1, 2], { clusters: [1, 1] })).toBeNull();
  });

  it("refuses settings that mean nothing", () => {
    expect(() => meanStandardError([1, 2], { lag: -1 })).toThrow(/lag -1/);
    expect(() => meanStandardError([1, 2], { lag: 0.5 })).toThrow(/lag 0.5/);
    expect(() => meanStandardError([1, 2], { clusters: [1] })).toThrow(/1 cluster id for 2 rows/);
    expect(() => meanStandardError([1, 2, 3], { clusters: [1, 2, 1] })).toThrow(/cluster 1 are not neighbours/);
  });
});

describe("meanInterval", () => {
  it("is the mean with 1.96 standard errors to either side", () => {
    expect(meanInterval([0, 2])).toEqual({ estimate: 1, low: 1 - Z_95, high: 1 + Z_95 });
  });

  it.each([0, 1, 2, 3, 4, 5, 50])("counts no more lags than there are terms before the last: lag %i of four", (lag) => {
    const series = [1, 2, 4, 1];
    const { estimate, low, high } = meanInterval(series, { lag })!;
    const half_width = criticalValue(4, Math.min(lag, 3)) * meanStandardError(series, { lag })!;
    expect(estimate).toBe(2);
    expect(high - estimate).toBeCloseTo(half_width, 12);
    expect(estimate - low).toBeCloseTo(half_width, 12);
  });
});
