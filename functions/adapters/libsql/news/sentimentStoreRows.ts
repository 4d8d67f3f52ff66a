import type { Article } from "../../../../shared/domain/article.ts";
import type { MarketContext } from "../../../../shared/domain/marketContext.ts";
import type { SilverArticle } from "../../../../shared/news/silverArticle.ts";
import type { ArticleScore } from "../../../../shared/ports/sentimentStore.ts";
import { REVISION_FACTS } from "../features/inputRevision.ts";
import type { articleScores, articles, newsSilver } from "../schema/news.ts";
import type { NewsRow, NewsTable } from "./newsUpsert.ts";

export const SCORES: NewsTable = {
  table: "article_scores",
  key: ["article_id", "engine"],
  values: [
    "available_at",
    "model",
    "sentiment_score",
    "p_positive",
    "p_neutral",
    "p_negative",
    "confidence",
    "label_mass",
    "truncated",
    "market",
  ],
  view: "news_silver",
  revision_fact: REVISION_FACTS.scores,
};

export const SILVER: NewsTable = {
  table: "news_silver",
  key: ["article_id"],
  values: [
    "available_at",
    "duplicate_of",
    "engine",
    "sentiment_score",
    "p_positive",
    "p_neutral",
    "p_negative",
    "confidence",
    "label_mass",
    "relevance",
    "sgd_directional_signal",
    "policy",
    "market_coherence",
    "signal_strength_adjusted",
    "currencies",
    "central_banks",
    "countries",
    "organisations",
    "topics",
  ],
  view: "news_features",
  revision_fact: REVISION_FACTS.silver,
};

const JSON_COLUMNS: ReadonlySet<string> = new Set(["policy", "currencies", "central_banks", "countries", "organisations", "topics"]);

export function fromScore(score: ArticleScore): NewsRow {
  const { truncated, market, ...plain } = score;
  const row: Readonly<Record<string, string | number | null>> = {
    ...plain,
    truncated: truncated ? 1 : 0,
    market: market === null ? null : JSON.stringify(market),
  };
  return [...SCORES.key, ...SCORES.values].map((column) => row[column]!);
}

export function toScore({ ingested_at: _, ...row }: typeof articleScores.$inferSelect): ArticleScore {
  return {
    ...row,
    engine: row.engine as ArticleScore["engine"],
    truncated: row.truncated === 1,
    market: row.market as MarketContext | null,
  };
}

export function fromSilver(silver: SilverArticle): NewsRow {
  const row = silver as unknown as Readonly<Record<string, unknown>>;
  return [...SILVER.key, ...SILVER.values].map((column) => {
    const value = row[column];
    return JSON_COLUMNS.has(column) && value !== null ? JSON.stringify(value) : (value as string | number | null);
  });
}

export function toSilver({ ingested_at: _, ...row }: typeof newsSilver.$inferSelect): SilverArticle {
  return {
    ...row,
    engine: row.engine as SilverArticle["engine"],
    policy: row.policy as SilverArticle["policy"],
    currencies: row.currencies as SilverArticle["currencies"],
    topics: row.topics as SilverArticle["topics"],
  };
}

export type ArticleRow = Omit<typeof articles.$inferSelect, "object_key" | "ingested_at">;

export function toArticle(row: ArticleRow): Article {
  return {
    ...row,
    text_source: row.text_source as Article["text_source"],
    access: row.access as Article["access"],
    is_relevant: row.is_relevant === 1,
  };
}
