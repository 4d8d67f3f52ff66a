import { z } from "zod";
import { SENTIMENT_ENGINES } from "../domain/sentimentEngine.ts";
import { SIDECAR_ROUTES } from "./families.ts";
import { defineRoute, jsonBody } from "./route/defineRoute.ts";

export const MAX_SENTIMENT_ARTICLES = 64;
export const MAX_SENTIMENT_CHARACTERS = 20_000;

const nullable = z.number().nullable();

export const marketContextSchema = z.strictObject({
  instrument: z.string(),
  event_time: z.int(),
  mid: nullable,
  ret_1: nullable,
  ret_5: nullable,
  vol_20: nullable,
  zscore_20: nullable,
  spread_pct: nullable,
  high_vol_regime: nullable,
});

export const sentimentRequestSchema = z.strictObject({
  articles: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(200),
        /** Headline first. Plain text: whatever it contains, it stays text. */
        text: z.string().min(1).max(MAX_SENTIMENT_CHARACTERS),
        /** The market as of the article's knowledge time. Null when no row was known by then. */
        market: marketContextSchema.nullable().default(null),
      }),
    )
    .min(1)
    .max(MAX_SENTIMENT_ARTICLES),
  /** The answer is worthless after so long: what has not begun by then is not begun. Absent: the sidecar's own limit. */
  deadline_ms: z.int().min(100).max(600_000).optional(),
});
export type SentimentRequest = z.infer<typeof sentimentRequestSchema>;

export const articleSentimentSchema = z.object({
  id: z.string(),
  engine: z.enum(SENTIMENT_ENGINES),
  /** p(positive) - p(negative), in [-1, 1]: positive = the text is good news for what it is about. Not yet a direction of any pair. */
  sentiment_score: z.number().min(-1).max(1),
  /** Sum to 1. */
  probabilities: z.object({ positive: z.number(), neutral: z.number(), negative: z.number() }),
  /** (1 - normalised entropy) x min(1, label mass), in [0, 1]; a lexicon's is at most 0.6. */
  confidence: z.number().min(0).max(1),
  /** Probability that the model gave to the three labels together: low = wrong model or prompt. Null for a lexicon. */
  label_mass: z.number().nullable(),
  /** True when the text was cut to fit the model's context. */
  truncated: z.boolean(),
  /** Time spent on this article. */
  ms: z.number(),
});
export type ArticleSentiment = z.infer<typeof articleSentimentSchema>;

export const sentimentResponseSchema = z.object({
  /** In the order of the request. */
  results: z.array(articleSentimentSchema),
  /** Identity of the model (hash of base, adapter, scale and prompt), null when the lexicon answered all. */
  model: z.string().nullable(),
});
export type SentimentResponse = z.infer<typeof sentimentResponseSchema>;

/** The part `sentiment` of the sidecar's GET /health. */
export const sentimentHealthSchema = z.object({
  /** What answers now. */
  engine: z.enum(SENTIMENT_ENGINES),
  /** Why it is not FinGPT, when it is not: no model configured, or what failed. */
  reason: z.string().nullable(),
  model: z.string().nullable(),
  base: z.string().nullable(),
  adapter: z.string().nullable(),
  /** What the model really runs on. */
  device: z.enum(["cpu", "cuda", "metal", "vulkan"]).nullable(),
  lanes: z.int(),
  queued: z.int(),
  running: z.int(),
});
export type SentimentHealth = z.infer<typeof sentimentHealthSchema>;

/** Every character may be escaped as six bytes in JSON; what else an article carries is small. */
const MAX_REQUEST_BYTES = MAX_SENTIMENT_ARTICLES * (MAX_SENTIMENT_CHARACTERS * 6 + 2_000);

export const scoreArticles = defineRoute({
  family: SIDECAR_ROUTES,
  method: "POST",
  path: "/v1/sentiment",
  summary: "reads articles, with FinGPT or with the lexicon",
  body: jsonBody(sentimentRequestSchema, { max_bytes: MAX_REQUEST_BYTES }),
  answers: { 200: sentimentResponseSchema },
  errors: [429, 503, 504],
});
