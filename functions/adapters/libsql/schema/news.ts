import { sql } from "drizzle-orm";
import { index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Manifest of news bronze: one row an immutable object in R2. */
export const newsObjects = sqliteTable(
  "news_objects",
  {
    key: text().primaryKey(),
    source: text().notNull(),
    sha256: text().notNull(),
    bytes: integer().notNull(),
    lines: integer().notNull(),
    window_start: integer().notNull(),
    window_end: integer().notNull(),
    ingested_at: integer().notNull(),
    /** Null until every item of it is an article or a reject. */
    parsed_at: integer(),
  },
  (table) => [index("news_objects_pending").on(table.source, table.ingested_at).where(sql`parsed_at IS NULL`)],
);

export const articles = sqliteTable(
  "articles",
  {
    article_id: text().primaryKey(),
    source: text().notNull(),
    url: text(),
    canonical_url: text(),
    title: text().notNull(),
    summary: text().notNull(),
    body: text().notNull(),
    text_source: text().notNull(),
    access: text().notNull(),
    language: text(),
    published_at: integer(),
    published_raw: text(),
    published_problem: text(),
    first_seen_at: integer().notNull(),
    available_at: integer().notNull(),
    content_hash: text().notNull(),
    simhash: text().notNull(),
    relevance: real().notNull(),
    matched_terms: text({ mode: "json" }).$type<readonly string[]>().notNull(),
    is_relevant: integer().notNull(),
    object_key: text().notNull(),
    ingested_at: integer().notNull(),
  },
  (table) => [
    index("articles_by_knowledge").on(table.available_at, table.article_id),
    index("articles_by_source").on(table.source, table.available_at),
  ],
);

/** Items of news bronze that did not become articles. */
export const articleRejects = sqliteTable(
  "article_rejects",
  {
    object_key: text().notNull(),
    line: integer().notNull(),
    item: integer().notNull(),
    source: text().notNull(),
    reason: text().notNull(),
    detail: text().notNull(),
    raw: text().notNull(),
    ingested_at: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.object_key, table.line, table.item] }),
    index("article_rejects_by_reason").on(table.source, table.reason),
  ],
);

/** What is known of a feed between two requests: its validators, and how it answered. */
export const newsFeeds = sqliteTable(
  "news_feeds",
  {
    url: text().notNull(),
    source: text().notNull(),
    etag: text(),
    last_modified: text(),
    last_fetched_at: integer(),
    last_success_at: integer(),
    /** 0: no answer at all. */
    last_status: integer(),
    last_error: text({ mode: "json" }).$type<{ code: string; message: string }>(),
  },
  (table) => [primaryKey({ columns: [table.source, table.url] })],
);

/** What is known of an origin: whose turn it is to ask it, its robots.txt, and until when it wants to be left alone. */
export const newsHosts = sqliteTable("news_hosts", {
  origin: text().primaryKey(),
  lease_token: text(),
  lease_until: integer(),
  next_request_at: integer().notNull().default(0),
  robots: text(),
  robots_status: integer(),
  robots_fetched_at: integer(),
  failures: integer().notNull().default(0),
  backoff_until: integer().notNull().default(0),
});

/** How an article was read: one row an engine. */
export const articleScores = sqliteTable(
  "article_scores",
  {
    article_id: text().notNull(),
    engine: text().notNull(),
    available_at: integer().notNull(),
    model: text(),
    sentiment_score: real().notNull(),
    p_positive: real().notNull(),
    p_neutral: real().notNull(),
    p_negative: real().notNull(),
    confidence: real().notNull(),
    label_mass: real(),
    truncated: integer().notNull(),
    market: text({ mode: "json" }).$type<Record<string, unknown>>(),
    ingested_at: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.article_id, table.engine] }),
    index("article_scores_by_engine").on(table.engine, table.available_at),
  ],
);

/** news_sentiment, news_entities and news_topics of an article. */
export const newsSilver = sqliteTable(
  "news_silver",
  {
    article_id: text().primaryKey(),
    available_at: integer().notNull(),
    duplicate_of: text(),
    engine: text().notNull(),
    sentiment_score: real().notNull(),
    p_positive: real().notNull(),
    p_neutral: real().notNull(),
    p_negative: real().notNull(),
    confidence: real().notNull(),
    label_mass: real(),
    relevance: real().notNull(),
    sgd_directional_signal: real().notNull(),
    policy: text({ mode: "json" }),
    market_coherence: real(),
    signal_strength_adjusted: real().notNull(),
    currencies: text({ mode: "json" }).notNull(),
    central_banks: text({ mode: "json" }).$type<readonly string[]>().notNull(),
    countries: text({ mode: "json" }).$type<readonly string[]>().notNull(),
    organisations: text({ mode: "json" }).$type<readonly string[]>().notNull(),
    topics: text({ mode: "json" }).$type<readonly string[]>().notNull(),
    ingested_at: integer().notNull(),
  },
  (table) => [index("news_silver_by_knowledge").on(table.available_at, table.article_id)],
);
