import { MINUTE } from "../../domain/instant.ts";
import { NEVER_NULL } from "../checks/nullLimit.ts";
import { defineNewsFeature, laggedNews } from "./defineNewsFeature.ts";
import { meanFormula, shareFormula, weightedMean, weightedShare } from "./weightedMean.ts";

/** Hours that a feature looks back, and of what counts as recent. From features.md. */
export const NEWS_HOURS = 24;
export const RECENT_HOURS = 6;

const SENTIMENT = "sentiment (relevance of the base - relevance of the quote) / (their sum)";

export const sentiment_score = defineNewsFeature({
  name: "sentiment_score",
  version: 1,
  unit: "signed_score",
  lookback_hours: NEWS_HOURS,
  description:
    "Weighted mean sentiment of 24 hours, in [-1, 1]: good news for the base currency counts up, for the quote currency down. Positive = better news for the base than for the quote.",
  formula: meanFormula(SENTIMENT, NEWS_HOURS),
  compute: (w) => weightedMean(w.sentiment, w.weights),
});

export const confidence = defineNewsFeature({
  name: "confidence",
  version: 1,
  unit: "fraction_0_1",
  lookback_hours: NEWS_HOURS,
  description:
    "Weighted mean confidence of the readings of 24 hours, with the weights of every other mean (which hold the confidence too).",
  formula: meanFormula("confidence", NEWS_HOURS),
  compute: (w) => weightedMean(w.confidence, w.weights),
});

export const recent_sentiment_6h = defineNewsFeature({
  name: "recent_sentiment_6h",
  version: 1,
  unit: "signed_score",
  lookback_hours: RECENT_HOURS,
  description: "sentiment_score over the last 6 hours only.",
  formula: meanFormula(SENTIMENT, RECENT_HOURS),
  compute: (w) => weightedMean(w.sentiment, w.weights),
});

export const sentiment_momentum = defineNewsFeature({
  name: "sentiment_momentum",
  version: 1,
  unit: "signed_score",
  range: { min: -2, max: 2 },
  lookback_hours: NEWS_HOURS,
  description: "recent_sentiment_6h minus sentiment_score: positive = the news turns better for the base. Null without news in 6 hours.",
  compute: (w) => {
    const [recent, whole] = [recent_sentiment_6h.compute(w), sentiment_score.compute(w)];
    return recent === null || whole === null ? null : recent - whole;
  },
});

export const article_count_6h = defineNewsFeature({
  name: "article_count_6h",
  version: 1,
  unit: "articles",
  nulls: NEVER_NULL,
  lookback_hours: RECENT_HOURS,
  description: "Articles about either leg in the last 6 hours, near-duplicates counted once.",
  compute: (w) => w.length,
});

export const article_count_24h = defineNewsFeature({
  name: "article_count_24h",
  version: 1,
  unit: "articles",
  nulls: NEVER_NULL,
  lookback_hours: NEWS_HOURS,
  description: "Articles about either leg in the last 24 hours, near-duplicates counted once.",
  compute: (w) => w.length,
});

export const high_confidence_count = defineNewsFeature({
  name: "high_confidence_count",
  version: 1,
  unit: "articles",
  nulls: NEVER_NULL,
  lookback_hours: NEWS_HOURS,
  description:
    "Those of the 24 hours that were read with high confidence: at least 0.7 by FinGPT, or 0.42 (0.7 of its cap of 0.6) by the lexicon.",
  compute: (w) => w.high_confidence.reduce((sum, flag) => sum + flag, 0),
});

export const consensus = defineNewsFeature({
  name: "consensus",
  version: 1,
  unit: "fraction_0_1",
  lookback_hours: NEWS_HOURS,
  description:
    "Share of the weight of 24 hours that lies on the commoner sign of the pair's sentiment. Neutral articles agree with neither.",
  formula: `max of: ${shareFormula("sentiment > 0", NEWS_HOURS)} and of the same with sentiment < 0`,
  compute: (w) => {
    const up = weightedShare(w.sentiment, w.weights, (value) => value > 0);
    const down = weightedShare(w.sentiment, w.weights, (value) => value < 0);
    return up === null || down === null ? null : Math.max(up, down);
  },
});

export const minutes_since_latest = defineNewsFeature({
  name: "minutes_since_latest",
  version: 1,
  unit: "minutes",
  lookback_hours: NEWS_HOURS,
  description: "Minutes since the newest article of the 24 hours could be known; null when there was none.",
  compute: (w) => (w.length === 0 ? null : (w.event_time - w.available_at[w.length - 1]!) / MINUTE),
});

export const sentiment_score_lag_1 = laggedNews(sentiment_score, 1);
