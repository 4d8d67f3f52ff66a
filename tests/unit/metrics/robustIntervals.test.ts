import { describe, expect, it } from "vitest";
import { createRandom } from "../../../shared/domain/random.ts";
import { criticalValue } from "../../../shared/metrics/criticalValue.ts";
import { dependenceLag } from "../../../shared/metrics/dependenceLag.ts";
import { Z_95 } from "../../../shared/metrics/interval.ts";
import { meanInterval } from "../../../shared/metrics/meanInterval.ts";
import { netReturn } from "../../../shared/metrics/netReturn.ts";
import { normalQuantile } from "../../../shared/metrics/normalQuantile.ts";

describe("normalQuantile", () => {
  it.each([
    [0.5, 0],
    [0.7, 0.5244005127080407],
    [0.975, 1.959963984540054],
    [0.01, -2.3263478740408408],
    [1e-5, -4.2648907939228],
    [1e-12, -7.034483825301132],
  ])("of %d", (probability, expected) => {
    expect(normalQuantile(probability)).toBeCloseTo(expected, 12);
  });

  it.each([0, 1, -0.1, Number.NaN])("refuses %d", (probability) => {
    expect(() => normalQuantile(probability)).toThrow(RangeError);
  });
});

describe("criticalValue", () => {
  it("is the normal quantile for independent terms", () => {
    expect(criticalValue(50, 0)).toBe(Z_95);
    expect(criticalValue(50, 0, 0.01)).toBeCloseTo(2.3263, 4);
  });

  it.each([
    // nu = 1.5 n / (lag + 1); the values are Student's t of R's qt.
    [200, 24, 0.025, 2.1788],
    [160, 29, 0.025, 2.306],
    [1_000, 24, 0.01, 2.3901],
  ])("of %d terms and lag %d at %d is Student's t", (terms, lag, tail, expected) => {
    expect(Math.abs(criticalValue(terms, lag, tail) / expected - 1)).toBeLessThan(0.01);
  });

  it("of 500 degrees of freedom is Student's t to seven digits: all three terms of the expansion are in it", () => {
    expect(criticalValue(1_000, 2)).toBeCloseTo(1.964_719_837, 7);
  });
});

describe("dependenceLag", () => {
  it.each([
    [0, 1, 0],
    [19, 1, 0],
    [100, 1, 5],
    [480, 1, 24],
    [100_000, 1, 24],
    [100_000, 24, 69],
    [100, 24, 69],
    [100_000, 5, 24],
  ])("of %d rows at horizon %d is %d", (rows, horizon, lag) => {
    expect(dependenceLag(rows, horizon)).toBe(lag);
  });
});

/** How often, in percent, the 95 % interval of the mean of an AR(1) series holds the true mean, 0. */
function coverage(phi: number, lag: (rows: number) => number): number {
  const [trials, rows] = [300, 1_000];
  const random = createRandom(11);
  let held = 0;
  for (let trial = 0; trial < trials; trial++) {
    let value = 0;
    const series = Float64Array.from({ length: rows }, () => {
      value = phi * value + random() - 0.5;
      return value;
    });
    const { low, high } = meanInterval(series, { lag: lag(rows) })!;
    if (low <= 0 && high >= 0) held++;
  }
  return (100 * held) / trials;
}

describe("an interval of a mean with the lag of the rule", () => {
  // 300 trials: a coverage of 95 % is measured to +- 2.5 points.
  it("holds the mean of independent rows as often as it says", () => {
    expect(coverage(0, (rows) => dependenceLag(rows, 1))).toBeGreaterThanOrEqual(92);
  });

  it("holds that of rows which linger, where an interval for independent rows does not", () => {
    expect(coverage(0.6, (rows) => dependenceLag(rows, 1))).toBeGreaterThanOrEqual(90.5);
    expect(coverage(0.6, () => 0)).toBeLessThan(75);
  });
});

describe("netReturn", () => {
  const input = { long_net: [1e-4, 2e-4, 3e-4, Number.NaN], short_net: [-2e-4, -4e-4, -6e-4, -8e-4], horizon_bars: 1 };

  it("buys from one half on, sells below, and counts what has no price", () => {
    const { trades, without_price, net_bp } = netReturn({ ...input, p: [0.5, 0.6, 0.49, 0.9] });
    expect({ trades, without_price }).toEqual({ trades: 3, without_price: 1 });
    expect(net_bp!.estimate).toBeCloseTo((1 + 2 - 6) / 3, 12);
    expect(net_bp!.low).toBeLessThan(net_bp!.estimate);
  });

  it("has no interval of one trade", () => {
    expect(netReturn({ ...input, p: [0.5], long_net: [1e-4], short_net: [0] })).toEqual({ trades: 1, without_price: 0, net_bp: null });
  });
});
