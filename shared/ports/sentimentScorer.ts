import type { ArticleSentiment, SentimentHealth, SentimentRequest } from "../contracts/sentiment.ts";

/** The reading half of the GPU sidecar. */
export interface SentimentScorer {
  /** Up to 64 articles; results in the order given. Throws sidecar_unavailable or queue_full, both retryable. */
  score(articles: SentimentRequest["articles"]): Promise<{ readonly results: readonly ArticleSentiment[]; readonly model: string | null }>;
  health(): Promise<SentimentHealth>;
}
