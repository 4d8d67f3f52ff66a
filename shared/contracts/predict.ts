import { z } from "zod";
import { HORIZONS } from "../labels/horizon.ts";
import { modelClaimSchema } from "../models/modelClaim.ts";
import { PREDICT_ROUTES } from "./families.ts";
import { PREDICT_ANSWER_EXAMPLE, PREDICT_REQUEST_EXAMPLE } from "./predictExamples.ts";
import { defineRoute, jsonBody } from "./route/defineRoute.ts";

export const predictRequestSchema = z.strictObject({
  instrument: z.string().describe("A currency pair, for example USD_SGD"),
  horizon_bars: z
    .literal([...HORIZONS])
    .optional()
    .describe(
      "Hours of open market ahead: the pair's model of so many answers. 1 unless given; of another there is a model where one was trained",
    ),
  timestamp: z.string().optional().describe("RFC 3339. Answer as it would have been given then; absent: now"),
  recorded_until: z
    .string()
    .optional()
    .describe("RFC 3339, with timestamp. Use what this store had recorded by then; absent: see basis in the answer"),
});
export type PredictRequest = z.infer<typeof predictRequestSchema>;

/**
 * What an answer about a past moment stands on. recorded: on what the store had recorded by then, since it was live: it stays the same.
 * replayed: on what it has recorded since, as it could have been known then.
 */
export const KNOWLEDGE_BASES = ["recorded", "replayed"] as const;
export type KnowledgeBasis = (typeof KNOWLEDGE_BASES)[number];

/**
 * fresh: the model had them. stale, missing: it had none, the newest row being older than its TTL or not there at all: the prediction is
 * of the market alone. unused: the model was trained without news.
 */
export const NEWS_STATES = ["fresh", "stale", "missing", "unused"] as const;
export type NewsState = (typeof NEWS_STATES)[number];

export const returnIntervalBpSchema = z.object({
  low: z.number(),
  high: z.number(),
  level: z.number().describe("Share of returns that such intervals are made to hold"),
  realised_coverage: z
    .object({ estimate: z.number(), low: z.number(), high: z.number() })
    .describe("Share that they did hold out of sample, with its 95 % interval"),
  n: z.int().describe("Hours that this was seen in"),
});
export type ReturnIntervalBp = z.infer<typeof returnIntervalBpSchema>;

export const explanationSchema = z
  .object({
    margin: z.number().nullable().describe("Log-odds of raw_prediction: raw_prediction = 1 / (1 + exp(-margin))"),
    bias: z.number().nullable().describe("Mean margin over the model's training rows: where nothing is known of a row"),
    contributions: z
      .array(
        z.object({
          feature: z.string(),
          value: z.number().nullable().describe("As the model saw it; null: missing"),
          contribution: z.number().describe("In log-odds. Positive: towards a rise"),
        }),
      )
      .nullable()
      .describe("Exact Shapley values (path-dependent TreeSHAP) of every input, the largest first; with bias they sum to margin"),
    note: z.string().describe("How they relate to prediction; or why there are none"),
  })
  .describe("With explain=true");
export type ExplanationView = z.infer<typeof explanationSchema>;

export const predictQuerySchema = z.object({
  explain: z
    .enum(["true", "false"])
    .default("false")
    .describe("true: the answer says what each feature did to it, in log-odds of what the model says before calibration"),
});

export const predictResponseSchema = z.object({
  instrument: z.string(),
  prediction: z
    .number()
    .min(0)
    .max(1)
    .describe("Probability that mid is higher at target_end than at event_time, calibrated as the model card says"),
  raw_prediction: z.number().min(0).max(1).describe("What the model's trees say, before calibration"),
  direction: z.enum(["bullish", "bearish"]).describe("bullish when prediction >= 0.5: the base currency rises against the quote currency"),
  confidence: z.number().min(0).max(1).describe("|prediction - 0.5| x 2"),
  return_interval_bp: returnIntervalBpSchema
    .nullable()
    .describe(
      "For the log return of mid from the open of the predicted bar to its end, in basis points; null where the model has none, or its volatility is missing",
    ),
  features_used: z.int().describe("Features of the model that were not null"),
  /** What the model may say of itself: out of sample, outside the hours of the daily roll. */
  skill: modelClaimSchema.shape.skill,
  accuracy: modelClaimSchema.shape.accuracy,
  baseline: modelClaimSchema.shape.baseline,
  net_bp: modelClaimSchema.shape.net_bp,
  model_version: z.string().describe("Registered model name and version, for example fx-usdsgd-predictor/3"),
  timestamp: z.string().describe("The moment that the answer is for"),
  event_time: z.string().describe("End of the last bar that the features describe"),
  target_start: z.string().describe("Start of the first bar whose direction is predicted"),
  target_end: z
    .string()
    .describe(
      "End of it, or of the last of horizon_bars. Ten market minutes after the first has ended there is no answer of this row any more (features_stale)",
    ),
  target_ended: z.boolean().describe("true: target_end is past, and the next row's features are not there yet"),
  market_open: z.boolean(),
  news_features: z
    .enum(NEWS_STATES)
    .describe("fresh: the model had the news. stale or missing: the prediction is of the market alone. unused: the model reads no news"),
  basis: z
    .enum(KNOWLEDGE_BASES)
    .optional()
    .describe(
      "Of an answer with timestamp. recorded: from what the store had recorded by that moment. replayed: from what it recorded later, as it could have been known then",
    ),
  recorded_until: z.string().optional().describe("The record that it stands on. Asked with both times, the answer is the same again"),
  prediction_id: z.string(),
  explanation: explanationSchema.optional(),
});
export type PredictResponse = z.infer<typeof predictResponseSchema>;

/** Largest request body that /predict reads. */
export const MAX_PREDICT_BODY_BYTES = 16 * 1024;

export const predictRoute = defineRoute({
  family: PREDICT_ROUTES,
  method: "POST",
  path: "/predict",
  summary: 'the next hour of an instrument, or the next 5, 12 or 24: {"instrument": "USD_SGD", "horizon_bars"?: 5, "timestamp"?: RFC 3339}',
  query: predictQuerySchema,
  body: jsonBody(predictRequestSchema, { max_bytes: MAX_PREDICT_BODY_BYTES }),
  answers: { 200: predictResponseSchema },
  example: { body: PREDICT_REQUEST_EXAMPLE, answer: PREDICT_ANSWER_EXAMPLE },
  errors: [404, 503],
});
