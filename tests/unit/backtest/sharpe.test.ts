import { describe, expect, it } from "vitest";
import { deflatedSharpe, expectedLuckiest, probabilisticSharpe } from "../../../shared/backtest/deflatedSharpe.ts";
import { sharpeRatio } from "../../../shared/backtest/sharpeRatio.ts";
import { createRandom, shuffled } from "../../../shared/domain/random.ts";
import { dependenceLag } from "../../../shared/metrics/dependenceLag.ts";
import { mean, meanStandardError } from "../../../shared/metrics/meanInterval.ts";
import { normalProbability } from "../../../shared/metrics/normalProbability.ts";
import { normalQuantile } from "../../../shared/metrics/normalQuantile.ts";

const BARS = 6_000;
const noise = (seed: number) => {
  const random = createRandom(seed);
  return Float64Array.from({ length: BARS }, () => normalQuantile(Math.min(1 - 1e-9, Math.max(1e-9, random()))));
};
const annual = (returns: ArrayLike<number>) => sharpeRatio({ returns, horizon_bars: 1, bars_a_year: BARS });
const deflated = (returns: ArrayLike<number>, trials: number) => deflatedSharpe({ returns, horizon_bars: 1, trials });
const errorOf = (returns: Float64Array) => meanStandardError(returns, { lag: dependenceLag(BARS, 1) })!;

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

  it("of as many bars as a year has is the mean in standard errors; a year of four times as many doubles it, and both its bounds", () => {
    const returns = noise(5).map((value) => value + 0.02);
    const expected = mean(returns) / errorOf(returns);
    const [one, four] = [annual(returns)!, sharpeRatio({ returns, horizon_bars: 1, bars_a_year: 4 * BARS })!];
    expect(one.estimate).toBeCloseTo(expected, 9);
    expect(one.high - one.estimate).toBeCloseTo(one.estimate - one.low, 9);
    for (const bound of ["estimate", "low", "high"] as const) expect(four[bound]).toBeCloseTo(2 * one[bound], 9);
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
    ["of normal returns", 0, 3, 0.982],
    ["with their skewness and kurtosis", -2.448, 10.164, 0.913],
  ])("is that of the paper's hedge fund, 0.458 a month over 24 months, %s", (_what, skewness, kurtosis, expected) => {
    expect(probabilisticSharpe({ sharpe: 0.458, above: 0, bars: 24, skewness, kurtosis })).toBeCloseTo(expected, 3);
  });

  it("is one half of returns that are as good as the luckiest of the trials can be expected to be", () => {
    const centred = noise(6);
    const shift = expectedLuckiest(10) * errorOf(centred) - mean(centred);
    expect(
      deflated(
        centred.map((value) => value + shift),
        10,
      ),
    ).toBeCloseTo(0.5, 9);
  });

  it("takes the skewness and the kurtosis of the returns: of one win of 3 to three losses of 1, 2/sqrt(3) and 7/3", () => {
    const bets = Array.from({ length: BARS }, (_, i) => (i % 4 === 0 ? 3 : -1) + 0.05);
    const returns = Float64Array.from(shuffled(bets, createRandom(8)));
    const sharpe = 0.05 / (errorOf(returns) * Math.sqrt(BARS));
    const spread = Math.sqrt(1 - (2 / Math.sqrt(3)) * sharpe + ((7 / 3 - 1) / 4) * sharpe ** 2);
    expect(deflated(returns, 1)).toBeCloseTo(normalProbability((sharpe * Math.sqrt(BARS - 1)) / spread), 9);
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
