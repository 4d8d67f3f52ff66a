import { z } from "zod";
import { DAY } from "../domain/instant.ts";
import { SENTIMENT_ENGINES } from "../domain/sentimentEngine.ts";
import { NEWS_TOPICS } from "../news/silverArticle.ts";
import { API_ROUTES } from "./families.ts";
import { limitField, offsetField } from "./page.ts";
import { defineRoute } from "./route/defineRoute.ts";
import { timeSchema as timeField } from "./timeSchema.ts";

const timeSchema = z.iso.datetime();

/** How an article was read. Null fields of the outer object: not relevant, or not read yet. */
const readingSchema = z.object({
  /** `lexicon` when FinGPT was not there. */
  engine: z.enum(SENTIMENT_ENGINES),
  /** In [-1, 1]: good or bad news for what the article is about. */
  sentiment_score: z.number(),
  confidence: z.number(),
  /** In [-1, 1]: POSITIVE = THE SINGAPORE DOLLAR STRENGTHENS = USD_SGD falls. */
  sgd_directional_signal: z.number(),
  policy: z.object({ bank: z.string(), currency: z.string(), stance: z.enum(["hawkish", "neutral", "dovish"]) }).nullable(),
  /** In [-1, 1]: positive = the market was already moving the way the article says; null when no market row was known then. */
  market_coherence: z.number().nullable(),
  topics: z.array(z.enum(NEWS_TOPICS)),
  /** direction: positive = that currency strengthens. */
  currencies: z.array(z.object({ currency: z.string(), mentions: z.number(), relevance: z.number(), direction: z.number() })),
  /** The earlier article that says the same: this one then counts nowhere. */
  duplicate_of: z.string().nullable(),
});

export const newsArticleSchema = z.object({
  article_id: z.string(),
  source: z.string(),
  /** Null: the item has no address of its own. */
  url: z.string().nullable(),
  title: z.string(),
  language: z.string().nullable(),
  /** Null when the source gave no date, one that cannot be read for certain, or one in the future. */
  published_at: timeSchema.nullable(),
  /** The date as the source wrote it, and why it could not be read, with what could. */
  published_raw: z.string().nullable(),
  published_problem: z.string().nullable(),
  first_seen_at: timeSchema,
  /** When it could first be known: the later of the two. */
  available_at: timeSchema,
  /** Where its text comes from, and why not from its page. */
  text_source: z.string(),
  access: z.string(),
  relevance: z.number(),
  matched_terms: z.array(z.string()),
  is_relevant: z.boolean(),
  reading: readingSchema.nullable(),
});
export type NewsArticleView = z.infer<typeof newsArticleSchema>;

/** GET /api/news/articles: the newest known first. */
export const newsArticleCollectionSchema = z.object({ articles: z.array(newsArticleSchema), total_entries: z.int() });
export type NewsArticleCollection = z.infer<typeof newsArticleCollectionSchema>;

/** GET /api/news/articles/{article_id} */
export const newsArticleReadSchema = z.object({
  ...newsArticleSchema.shape,
  text: z.string().describe("what was read behind the headline, as plain text: the body, else the summary; empty where there is neither"),
});

export const newsSourceStateSchema = z.object({
  id: z.string(),
  name: z.string(),
  has_archive: z.boolean(),
  feeds: z.array(
    z.object({
      url: z.string(),
      last_fetched_at: timeSchema.nullable(),
      last_success_at: timeSchema.nullable(),
      /** 0: it did not answer at all; null: never asked. */
      last_status: z.int().nullable(),
      last_error: z.object({ code: z.string(), message: z.string() }).nullable(),
    }),
  ),
});
export type NewsSourceStateView = z.infer<typeof newsSourceStateSchema>;

/** GET /api/news/sources */
export const newsSourceCollectionSchema = z.object({ sources: z.array(newsSourceStateSchema) });

/** An answer stays small: about a thousand articles a month. */
export const MAX_NEWS_SPAN_MS = 31 * DAY;

export const listArticles = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/news/articles",
  summary:
    "what was read, by the time at which it could be known, the newest first, and how. sgd_directional_signal: positive = the Singapore dollar strengthens = USD_SGD falls",
  query: z.object({
    since: timeField.optional().describe("RFC 3339, at most 31 days before until; absent: a day before"),
    until: timeField.optional().describe("RFC 3339; absent: now"),
    source: z.string().max(100).optional().describe("id of a source"),
    relevant: z.enum(["true", "false"]).optional().describe("true: only those that are about the traded currencies"),
    limit: limitField(1_000, 100),
    offset: offsetField,
  }),
  answers: { 200: newsArticleCollectionSchema },
});

export const readArticle = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/news/articles/{article_id}",
  summary: "one article with the text that was read, and how it was read",
  answers: { 200: newsArticleReadSchema },
  errors: [404],
});

export const listNewsSources = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/news/sources",
  summary: "where news is read from, and how each feed answered last",
  answers: { 200: newsSourceCollectionSchema },
});
