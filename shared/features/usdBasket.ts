import { type Instrument, legsOf } from "../domain/instrument.ts";
import { defineFeature, type MarketFeature } from "./defineFeature.ts";
import { legReturn } from "./legReturns.ts";
import type { MarketWindow } from "./marketWindow.ts";
import { ret_1 } from "./returns.ts";

/** +1 where a rise of the pair is a rise of the dollar (USD_SGD), -1 where it is a fall (EUR_USD), 0 without the dollar. */
export function dollarSign(instrument: Instrument): -1 | 0 | 1 {
  const { base, quote } = legsOf(instrument);
  return base === "USD" ? 1 : quote === "USD" ? -1 : 0;
}

/**
 * (1/n) sum over the configured dollar pairs L other than the row's own of s_L ret_1(L), s_L = +-1: positive when the
 * dollar rises. Null when one of them has no bar at this hour: a mean over fewer pairs would be another quantity under
 * the same name. Warm-up: 2 bars.
 */
function basketReturn(w: MarketWindow, dollarPairs: readonly Instrument[]): number | null {
  let sum = 0;
  let count = 0;
  for (const pair of dollarPairs) {
    if (pair === w.instrument) continue;
    const r = legReturn(w, pair);
    if (r === null) return null;
    sum += dollarSign(pair) * r;
    count += 1;
  }
  return count === 0 ? null : sum / count;
}

export function usdBasketReturn(legs: readonly Instrument[]): MarketFeature {
  const dollarPairs = legs.filter((leg) => dollarSign(leg) !== 0);
  return defineFeature({
    name: "usd_basket_ret_1",
    version: 1,
    unit: "log_return",
    lookback_bars: ret_1.lookback_bars,
    description: "Mean signed ret_1 of the configured dollar pairs without the row's own: positive when the dollar rises.",
    compute: (w) => basketReturn(w, dollarPairs),
  });
}

/**
 * ret_1 minus what the basket implies for the pair: ret_1 - basket for USD_SGD, ret_1 + basket for EUR_USD, which falls when
 * the dollar rises. For a pair without the dollar it is ret_1 - basket, its return in excess of the dollar's. Warm-up: 2 bars.
 */
export function relativePerformance(legs: readonly Instrument[]): MarketFeature {
  const basket = usdBasketReturn(legs);
  return defineFeature({
    name: "relative_performance",
    version: 1,
    unit: "log_return",
    lookback_bars: ret_1.lookback_bars,
    description: "ret_1 minus usd_basket_ret_1, the basket's sign turned for pairs that are quoted in dollars.",
    compute: (w) => {
      const own = ret_1.compute(w);
      const dollar = basket.compute(w);
      if (own === null || dollar === null) return null;
      return dollarSign(w.instrument) === -1 ? own + dollar : own - dollar;
    },
  });
}
