import type { Instant } from "../domain/instant.ts";
import type { SentimentEngine } from "../domain/sentimentEngine.ts";

export const NEWS_TOPICS = ["policy", "inflation", "growth", "jobs", "trade", "risk", "energy", "other"] as const;
export type NewsTopic = (typeof NEWS_TOPICS)[number];

export type PolicyStance = "hawkish" | "neutral" | "dovish";

export interface PolicyImplication {
  /** Central bank, as its usual short name: MAS, FED, ECB, BOE, BOJ, RBA, PBOC. */
  readonly bank: string;
  /** Currency that the bank issues. */
  readonly currency: string;
  readonly stance: PolicyStance;
}

/** What an article says of one currency. */
export interface CurrencyView {
  /** ISO 4217. */
  readonly currency: string;
  readonly mentions: number;
  /** In [0, 1]: how much the article is about it. */
  readonly relevance: number;
  /** In [-1, 1]: positive = this currency strengthens against others. */
  readonly direction: number;
}

/** Silver: one row an article (news_sentiment, news_entities and news_topics together), by knowledge time. */
export interface SilverArticle {
  readonly article_id: string;
  readonly available_at: Instant;
  /** Earlier article that says nearly the same, in which case this one counts nowhere; null otherwise. */
  readonly duplicate_of: string | null;
  readonly engine: SentimentEngine;
  readonly sentiment_score: number;
  readonly p_positive: number;
  readonly p_neutral: number;
  readonly p_negative: number;
  readonly confidence: number;
  readonly label_mass: number | null;
  readonly relevance: number;
  /** In [-1, 1]: POSITIVE = THE SINGAPORE DOLLAR STRENGTHENS = USD_SGD falls. */
  readonly sgd_directional_signal: number;
  readonly policy: PolicyImplication | null;
  /** In [-1, 1]: positive = the market already moves the way the article says; null without a market row. */
  readonly market_coherence: number | null;
  readonly signal_strength_adjusted: number;
  readonly currencies: readonly CurrencyView[];
  readonly central_banks: readonly string[];
  readonly countries: readonly string[];
  readonly organisations: readonly string[];
  readonly topics: readonly NewsTopic[];
}
