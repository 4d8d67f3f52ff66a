import type { Instrument } from "../domain/instrument.ts";
import { legsOf } from "../domain/legs.ts";
import { OWN_BARS } from "./barsOf.ts";
import { eachBar } from "./columns/eachBar.ts";
import type { ColumnMaker } from "./columns/sharedColumns.ts";
import { defineFeature, type MarketFeature } from "./defineFeature.ts";
import { legReturn, legReturnColumns } from "./legReturns.ts";
import type { MarketWindow } from "./marketWindow.ts";
import { ret_1 } from "./returns.ts";

/** +1 where a rise of the pair is a rise of the dollar (USD_SGD), -1 where it is a fall (EUR_USD), 0 without the dollar. */
export function dollarSign(instrument: Instrument): -1 | 0 | 1 {
  const { base, quote } = legsOf(instrument);
  return base === "USD" ? 1 : quote === "USD" ? -1 : 0;
}

interface Basket {
  /** Sum of the signed returns of the pairs that are present. */
  readonly sum: number;
  /** How many they are. */
  readonly legs: number;
}

/**
 * The dollar pairs among `dollarPairs`, without the row's own, that have a return at this hour: their bar of it and the one before.
 * A pair that did not trade, or whose feed is down, is left out, and the others still tell what the dollar did.
 */
function basketOf(w: MarketWindow, dollarPairs: readonly Instrument[]): Basket {
  let sum = 0;
  let legs = 0;
  for (const pair of dollarPairs) {
    const r = pair === w.instrument ? null : legReturn(w, pair);
    if (r === null) continue;
    sum += dollarSign(pair) * r;
    legs += 1;
  }
  return { sum, legs };
}

/** `basketOf` at every bar. */
function basketColumns(dollarPairs: readonly Instrument[]): ColumnMaker<{ readonly sums: Float64Array; readonly legs: Float64Array }> {
  return ({ length }, shared) => {
    const [sums, legs] = [new Float64Array(length), new Float64Array(length)];
    for (const pair of dollarPairs) {
      if (pair === shared.instrument) continue;
      const returns = shared.of(legReturnColumns)(pair);
      const sign = dollarSign(pair);
      for (let t = 0; t < length; t++) {
        if (Number.isNaN(returns[t]!)) continue;
        sums[t] = sums[t]! + sign * returns[t]!;
        legs[t] = legs[t]! + 1;
      }
    }
    return { sums, legs };
  };
}

export function usdBasketReturn(legs: readonly Instrument[]): MarketFeature {
  const dollarPairs = dollarPairsOf(legs);
  const basket = basketColumns(dollarPairs);
  return defineFeature({
    name: "usd_basket_ret_1",
    version: 2,
    unit: "log_return",
    lookback_bars: ret_1.lookback_bars,
    bars_of: dollarPairs,
    description: "Mean signed ret_1 of the dollar pairs present, without the row's own: positive when the dollar rises.",
    formula:
      "(1/n) sum of s_L ret_1(L) over the n configured dollar pairs L, other than the row's own, that have a return at this hour; s_L = +-1, so that it is positive when the dollar rises. Null when none has. Over how many it was taken stands beside it in usd_basket_legs: a mean over fewer pairs is noisier, and a model may weigh that. Warm-up: 2 bars.",
    compute: (w) => {
      const { sum, legs } = basketOf(w, dollarPairs);
      return legs === 0 ? null : sum / legs;
    },
    column: ({ length }, shared) => {
      const { sums, legs } = shared.of(basket);
      return eachBar(length, (t) => sums[t]! / legs[t]!);
    },
  });
}

export function usdBasketLegs(legs: readonly Instrument[]): MarketFeature {
  const dollarPairs = dollarPairsOf(legs);
  const basket = basketColumns(dollarPairs);
  return defineFeature({
    name: "usd_basket_legs",
    version: 1,
    unit: "pairs",
    lookback_bars: ret_1.lookback_bars,
    bars_of: dollarPairs,
    description: "Dollar pairs, without the row's own, that have a return at the same hour.",
    formula: "How many pairs usd_basket_ret_1 is the mean of; 0 where it is null. Warm-up: 2 bars.",
    compute: (w) => basketOf(w, dollarPairs).legs,
    column: (_series, shared) => shared.of(basket).legs,
  });
}

/** The pairs of the dollar among the instruments. */
export function dollarPairsOf(legs: readonly Instrument[]): readonly Instrument[] {
  return legs.filter((leg) => dollarSign(leg) !== 0);
}

export function relativePerformance(legs: readonly Instrument[]): MarketFeature {
  const basket = usdBasketReturn(legs);
  return defineFeature({
    name: "relative_performance",
    version: 2,
    unit: "log_return",
    range: { min: -2, max: 2 },
    lookback_bars: ret_1.lookback_bars,
    bars_of: [OWN_BARS, ...dollarPairsOf(legs)],
    description: "ret_1 minus usd_basket_ret_1, the basket's sign turned for pairs that are quoted in dollars.",
    formula:
      "ret_1 minus what the basket implies for the pair: ret_1 - basket for USD_SGD, ret_1 + basket for EUR_USD, which falls when the dollar rises. For a pair without the dollar it is ret_1 - basket, its return in excess of the dollar's. Null where the basket is. Warm-up: 2 bars.",
    compute: (w) => {
      const own = ret_1.compute(w);
      const dollar = basket.compute(w);
      if (own === null || dollar === null) return null;
      return dollarSign(w.instrument) === -1 ? own + dollar : own - dollar;
    },
    column: ({ length }, shared) => {
      const [own, dollar] = [shared.of(ret_1.column!), shared.of(basket.column!)];
      const is_quoted_in_dollars = dollarSign(shared.instrument) === -1;
      return eachBar(length, (t) => (is_quoted_in_dollars ? own[t]! + dollar[t]! : own[t]! - dollar[t]!));
    },
  });
}
