/**
 * What an article says of the Singapore dollar against the US dollar. POSITIVE = SGD STRENGTHENS = USD_SGD FALLS.
 *
 *   signal = clamp(d(SGD) - USD_SHARE x d(USD), -1, 1)
 *
 * MAS manages the Singapore dollar against a basket, in which the US dollar is one part: of a broad move of the US dollar, USD_SGD makes
 * about half. Where the text gives neither currency a direction, good news for Singapore is taken for a little SGD strength:
 *
 *   signal = FROM_SENTIMENT x sentiment_score x relevance of SGD
 */
export function sgdSignalOf(directions: ReadonlyMap<string, number>, sentiment_score: number, sgd_relevance: number): number {
  const sgd = directions.get("SGD") ?? 0;
  const usd = directions.get("USD") ?? 0;
  // "+ 0" keeps a product of zero from being -0.
  if (sgd === 0 && usd === 0) return FROM_SENTIMENT * sentiment_score * sgd_relevance + 0;
  return Math.max(-1, Math.min(1, sgd - USD_SHARE * usd));
}

const USD_SHARE = 0.5;
const FROM_SENTIMENT = 0.3;
