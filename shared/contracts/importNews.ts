import { z } from "zod";
import { API_ROUTES } from "./families.ts";
import { defineRoute, textBody } from "./route/defineRoute.ts";

export const MAX_NEWS_IMPORT_LINES = 5_000;

const importedArticleSchema = z.object({
  article_id: z.string(),
  source: z.string(),
  title: z.string(),
  language: z.string().nullable(),
  relevance: z.number(),
  is_relevant: z.boolean(),
  matched_terms: z.array(z.string()),
  /** RFC 3339; null when the date was missing or lay in the future. */
  published_at: z.string().nullable(),
  /** Why its date could not be read, with the date as it stood: such an article is not known before it was first seen. */
  published_problem: z.string().nullable(),
  /** From when on it counts as known. */
  available_at: z.string(),
  /** Earlier article of the same call that says nearly the same. */
  duplicate_of: z.string().nullable(),
  /** The lexicon's reading of its words, as score_articles of news_feature_pipeline gives where FinGPT is away. */
  reading: z.object({ engine: z.literal("lexicon"), sentiment_score: z.number(), confidence: z.number() }),
});
export type ImportedArticle = Readonly<z.infer<typeof importedArticleSchema>>;

/** What POST /api/import/news answers. */
export const importNewsResponseSchema = z.object({
  read: z.int(),
  inserted: z.int(),
  /** Known already, under the same guid or address. */
  unchanged: z.int(),
  /** By reason. */
  rejected: z.record(z.string(), z.int()),
  /** In the order of the lines. */
  articles: z.array(importedArticleSchema),
});
export type ImportNewsResponse = Readonly<z.infer<typeof importNewsResponseSchema>>;

const MAX_IMPORT_BYTES = 8 * 1024 * 1024;

export const importNewsRoute = defineRoute({
  family: API_ROUTES,
  method: "POST",
  path: "/api/import/news",
  summary: "recorded news as NDJSON, up to 5,000 lines",
  query: z.strictObject({
    trust_published: z.enum(["true", "false"]).default("false").describe("true: what is dated was known then, and not only now"),
  }),
  body: textBody("application/x-ndjson", z.string().describe("an article a line"), MAX_IMPORT_BYTES),
  answers: { 200: importNewsResponseSchema },
  errors: [409],
});
