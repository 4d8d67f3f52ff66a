import { describe, expect, it } from "vitest";
import { deflatedSharpe, expectedLuckiest, probabilisticSharpe } from "../../../shared/backtest/deflatedSharpe.ts";
import { sharpeRatio } from "../../../shared/backtest/sharpeRatio.ts";
import { createRandom } from "../../../shared/domain/random.ts";
import { normalQuantile } from "../../../shared/metrics/normalQuantile.ts";

const BARS = 6_000;
const noise = (seed: number) => {
  const random = createRandom(seed);
  return Float64Array.from({ length: BARS }, () => normalQuantile(Math.min(1 - 1e-9, Math.max(1e-9, random()))));
};
const annual = (returns: ArrayLike<number>) => sharpeRatio({ returns, horizon_bars: 1, bars_a_year: BARS });
const deflated = (returns: ArrayLike<number>, trials: number) => deflatedSharpe({ returns, horizon_bars: 1, trials });

describe("the Sharpe ratio", () => {
  it("of independent returns is m / s sqrt(q), within what a year leaves open: about +- 2", () => {
    const returns = noise(1).map((value) => value + 0.03);
    const found = annual(returns)!;
    expect(found.estimate).toBeCloseTo(0.03 * Math.sqrt(BARS), -0.5);
    expect(found.high - found.estimate).toBeGreaterThan(1.8);
    expect(found.high - found.estimate).toBeLessThan(2.2);
  });

  it("of returns that go on the same way is smaller than the sqrt(q) rule says, by Lo's factor sqrt((1 - r) / (1 + r))", () => {
    const r = 0.5;
    let last = 0;
    const returns = noise(2).map((value) => {
      last = r * last + value;
      return last + 0.05;
    });
    const m = returns.reduce((sum, value) => sum + value, 0) / BARS;
    const s = Math.sqrt(returns.reduce((sum, value) => sum + (value - m) ** 2, 0) / (BARS - 1));
    const naive = (m / s) * Math.sqrt(BARS);
    expect(annual(returns)!.estimate / naive).toBeCloseTo(Math.sqrt((1 - r) / (1 + r)), 1);
  });

  it("changes with neither the unit nor, but for its sign, the side", () => {
    const returns = noise(3).map((value) => value + 0.01);
    expect(annual(returns.map((value) => 1e-4 * value))!.estimate).toBeCloseTo(annual(returns)!.estimate, 9);
    expect(annual(returns.map((value) => -value))!.estimate).toBeCloseTo(-annual(returns)!.estimate, 9);
  });

  it.each([[[]], [[0.1]], [[0, 0, 0, 0]]])("of %j is not known", (returns) => {
    expect(annual(returns)).toBeNull();
    expect(deflated(returns, 1)).toBeNull();
  });
});

describe("the deflated Sharpe ratio", () => {
  it("is that of the paper's example: 100 trials of variance 1/2, 1,250 days, annual 2.5, skewness -3, kurtosis 10", () => {
    const above = expectedLuckiest(100) * Math.sqrt(1 / 2 / 250);
    expect(above).toBeCloseTo(0.1132, 4);
    expect(probabilisticSharpe({ sharpe: 2.5 / Math.sqrt(250), above, bars: 1_250, skewness: -3, kurtosis: 10 })).toBeCloseTo(0.9004, 3);
  });

  it.each([
    [0, 0],
    [1, 0],
    [10, 1.57],
    [100, 2.53],
    [1_000, 3.26],
  ])("expects the luckiest of %i at %d standard deviations", (trials, expected) => {
    expect(expectedLuckiest(trials)).toBeCloseTo(expected, 1);
  });

  it("falls with every further trial", () => {
    const returns = noise(4).map((value) => value + 0.03);
    const found = [1, 2, 10, 100, 1_000].map((trials) => deflated(returns, trials)!);
    expect(found[0]).toBeGreaterThan(0.95);
    expect(found.at(-1)).toBeLessThan(0.5);
    expect(found).toEqual(found.toSorted((one, other) => other - one));
  });

  it("of the best of forty that are all luck seldom looks shown", () => {
    const best = Array.from({ length: 10 }, (_, group) => {
      const all = Array.from({ length: 40 }, (_, i) => deflated(noise(100 + 40 * group + i), 40)!);
      return Math.max(...all);
    });
    expect(best.filter((probability) => probability > 0.95).length).toBeLessThanOrEqual(1);
    expect(Math.max(...Array.from({ length: 40 }, (_, i) => deflated(noise(100 + i), 1)!))).toBeGreaterThan(0.95);
  });
});
