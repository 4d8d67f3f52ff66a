import { describe, expect, it } from "vitest";
import {
  crossAccuracyBounds,
  crossMarketOnlyBounds,
  likelierSignProbability,
  marketOnlyBounds,
  newsActiveShare,
  optimalAccuracy,
} from "../../../shared/domain/plantedSignal.ts";

describe("the best accuracy on the planted signal", () => {
  it("has the news govern 39.8 % of a direct pair's hours: what sixteen hours of two currencies without an event leave", () => {
    expect(newsActiveShare()).toBeCloseTo(1 - (31 / 32) ** 16, 12);
    expect(newsActiveShare()).toBeCloseTo(0.398, 3);
  });

  // From the formulas in the module's comments, worked out apart from the code.
  it.each([
    [0, 0.5, [0.5, 0.5], [0.5, 0.5]],
    [0.2, 0.6, [0.553435705162, 0.575040493312], [0.538784993987, 0.6]],
    [0.5, 0.75, [0.608331793475, 0.718284140213], [0.596962484968, 0.75]],
    [1, 1, [0.632472022182, 0.96923828125], [0.693924969936, 1]],
  ])("of signal %d", (signal, optimal, market_only, cross) => {
    expect(likelierSignProbability(signal)).toBeCloseTo(optimal, 12);
    expect(optimalAccuracy(signal)).toBeCloseTo(optimal, 12);
    const bounds = marketOnlyBounds(signal);
    expect([bounds.lower, bounds.upper]).toEqual(market_only.map((value) => expect.closeTo(value, 10)));
    const of_cross = crossAccuracyBounds(signal);
    expect([of_cross.lower, of_cross.upper]).toEqual(cross.map((value) => expect.closeTo(value, 10)));
    const cross_market_only = crossMarketOnlyBounds(signal);
    expect(cross_market_only.lower).toBeCloseTo(0.5 + (market_only[0]! - 0.5) / 2, 10);
    expect(cross_market_only.upper).toBeCloseTo(market_only[1]!, 10);
  });
});
