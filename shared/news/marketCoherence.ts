import type { MarketContext } from "../domain/marketContext.ts";

const PAIR = "USD_SGD";

/**
 * Whether the market already moves the way an article says: tanh(-z x signal), in [-1, 1], positive = it does.
 *
 *   z = ret_5 / (vol_20 x sqrt(5)), else ret_1 / vol_20: the last move of USD_SGD in standard deviations
 *
 * USD_SGD falling (z < 0) is the Singapore dollar strengthening, which is a positive signal. Null without a market row, or without its volatility.
 */
export function marketCoherenceOf(sgd_directional_signal: number, market: MarketContext | null): number | null {
  if (market === null || market.instrument !== PAIR || market.vol_20 === null || market.vol_20 <= 0) return null;
  const z = moveOf(market, market.vol_20);
  // "+ 0" keeps a product of zero from being -0.
  return z === null ? null : Math.tanh(-z * sgd_directional_signal) + 0;
}

function moveOf({ ret_1, ret_5 }: MarketContext, vol: number): number | null {
  if (ret_5 !== null) return ret_5 / (vol * Math.sqrt(5));
  return ret_1 === null ? null : ret_1 / vol;
}

/** What agreement with the market adds to a signal, or disagreement takes from it. */
const COHERENCE_SHARE = 0.5;

/**
 * Strength of an article's signal, whatever its sign, in [0, 1]:
 *
 *   |sgd_directional_signal| x confidence x relevance x (1 + 0.5 x coherence) / 1.5,  coherence = 0 where it is not known
 */
export function adjustedStrength(signal: number, confidence: number, relevance: number, coherence: number | null): number {
  return (Math.abs(signal) * confidence * relevance * (1 + COHERENCE_SHARE * (coherence ?? 0))) / (1 + COHERENCE_SHARE);
}
