import { HOUR } from "../../domain/instant.ts";
import { featureListHash, type ViewAbout, type ViewSchema } from "../viewSchema.ts";
import type { NewsFeature } from "./defineNewsFeature.ts";
import {
  article_count_6h,
  article_count_24h,
  confidence,
  consensus,
  high_confidence_count,
  minutes_since_latest,
  recent_sentiment_6h,
  sentiment_momentum,
  sentiment_score,
  sentiment_score_lag_1,
} from "./newsSentiment.ts";
import {
  market_coherence,
  pair_directional_signal,
  policy_dovish_share,
  policy_hawkish_share,
  recent_pair_directional_6h,
  sgd_directional_signal,
  sgd_directional_signal_lag_1,
  signal_quality,
  signal_strength,
  signal_strength_adjusted,
} from "./newsSignal.ts";

/** A view whose features are computed from the silver of articles. */
export interface NewsView extends ViewSchema {
  readonly features: readonly NewsFeature[];
  /** The longest lookback of its features: load the news of so many hours before the first row. */
  readonly lookback_hours: number;
}

function defineNewsView(name: string, ttl_ms: number, features: readonly NewsFeature[], about: ViewAbout): NewsView {
  return {
    name,
    about,
    source: "articles",
    when_missing: "nulls",
    ttl_ms,
    market_hours: false,
    features,
    schema_hash: featureListHash(name, features),
    lookback_hours: Math.max(...features.map((feature) => feature.lookback_bars)),
  };
}

/** The gold view of news: one row an hour and pair, also in hours without news. Its TTL is from features.md. */
export const NEWS_FEATURES: NewsView = defineNewsView(
  "news_features",
  6 * HOUR,
  [
    sentiment_score,
    sgd_directional_signal,
    pair_directional_signal,
    confidence,
    recent_sentiment_6h,
    recent_pair_directional_6h,
    sentiment_momentum,
    article_count_6h,
    article_count_24h,
    high_confidence_count,
    consensus,
    policy_hawkish_share,
    policy_dovish_share,
    market_coherence,
    signal_strength,
    signal_quality,
    signal_strength_adjusted,
    minutes_since_latest,
    sentiment_score_lag_1,
    sgd_directional_signal_lag_1,
  ],
  {
    description:
      "What the news of the last 24 hours said of the pair and of the Singapore dollar. A row an hour, also in hours without news.",
    owner: "news_feature_pipeline",
    tags: { family: "news", layer: "gold" },
  },
);
