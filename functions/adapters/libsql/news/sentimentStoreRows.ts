import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Article } from "../../../../shared/domain/article.ts";
import type { MarketContext } from "../../../../shared/domain/marketContext.ts";
import type { SilverArticle } from "../../../../shared/news/silverArticle.ts";
import type { ArticleScore } from "../../../../shared/ports/sentimentStore.ts";
import { columnsOf, jsonColumnsOf } from "../columnsOf.ts";
import { REVISION_FACTS } from "../features/inputRevision.ts";
import { articleScores, type articles, newsSilver } from "../schema/news.ts";
import type { NewsRow, NewsTable } from "./newsUpsert.ts";

/** All but the key and what the upsert adds. */
const valuesOf = (table: SQLiteTable, key: readonly string[]) => columnsOf(table, [...key, "ingested_at"]);

const SCORE_KEY = ["article_id", "engine"];
const SILVER_KEY = ["article_id"];

export const SCORES: NewsTable = {
  table: "article_scores",
  key: SCORE_KEY,
  values: valuesOf(articleScores, SCORE_KEY),
  view: "news_silver",
  revision_fact: REVISION_FACTS.scores,
};

export const SILVER: NewsTable = {
  table: "news_silver",
  key: SILVER_KEY,
  values: valuesOf(newsSilver, SILVER_KEY),
  view: "news_features",
  revision_fact: REVISION_FACTS.silver,
};

const JSON_COLUMNS = jsonColumnsOf(newsSilver);

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
