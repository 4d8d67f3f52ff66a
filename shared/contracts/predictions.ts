import { z } from "zod";
import { instrumentSchema } from "../domain/instrument.ts";
import { REALIZED_DIRECTIONS } from "../monitoring/settle.ts";
import { PREDICTION_SOURCES } from "../ports/predictionLog.ts";
import { PREDICTION_LOG_ROUTES } from "./families.ts";
import { limitField } from "./page.ts";
import { PREDICTION_SUMMARY_EXAMPLE } from "./predictExamples.ts";
import { defineRoute } from "./route/defineRoute.ts";
import { timeSchema } from "./timeSchema.ts";

/** What became of a prediction. */
export const outcomeSchema = z
  .object({
    realized_direction: z.enum(REALIZED_DIRECTIONS).describe("flat: mid was the same"),
    return_bp: z.number().nullable().describe("ln(mid at target_end / mid at event_time) in basis points"),
    was_right: z.boolean().nullable().describe("null where it was flat"),
    source: z.string().describe("bars: this store's own. Else who reported it to POST /feedback"),
    by_bars: z.enum(REALIZED_DIRECTIONS).nullable().describe("What this store's own bars say; null: they are not there"),
    known_at: z.iso.datetime().describe("Since when this store has what decides it"),
  })
  .nullable()
  .describe("null: still open, or a bar that decides it is missing");

const summaryShape = {
  prediction_id: z.string(),
  instrument: z.string(),
  source: z
    .enum(PREDICTION_SOURCES)
    .describe("user: POST /predict or a stream. pipeline: market_feature_pipeline's own, one a bar, which the record is measured on"),
  prediction: z.number().describe("The calibrated probability of a rise that was answered"),
  direction: z.enum(["bullish", "bearish"]),
  model_version: z.string().describe("For example fx-usdsgd-predictor/3"),
  requested_at: z.iso.datetime(),
  as_of: z.iso
    .datetime()
    .nullable()
    .describe("The moment that was asked about; null: now. Those are no forecasts, and monitoring leaves them out"),
  event_time: z.iso.datetime(),
  target_start: z.iso.datetime(),
  target_end: z.iso.datetime(),
  outcome: outcomeSchema,
};
export const predictionSummarySchema = z.object(summaryShape);
export type PredictionSummaryView = z.infer<typeof predictionSummarySchema>;

export const listPredictions = defineRoute({
  family: PREDICTION_LOG_ROUTES,
  method: "GET",
  path: "/predictions",
  summary: "what was really answered for a pair, and what became of it, the newest first",
  query: z.strictObject({
    instrument: instrumentSchema.describe("of this pair"),
    from: timeSchema.optional().describe("asked at this moment or later"),
    to: timeSchema.optional().describe("asked before this moment"),
    source: z.enum(PREDICTION_SOURCES).optional().describe("only what was asked for by users, or by the pipeline"),
    limit: limitField(500, 50),
    cursor: z.string().min(1).max(400).optional().describe("next_cursor of the page before"),
  }),
  answers: {
    200: z.object({
      predictions: z.array(predictionSummarySchema),
      next_cursor: z.string().nullable().describe("null: there are no more"),
    }),
  },
  example: { answer: { predictions: [PREDICTION_SUMMARY_EXAMPLE], next_cursor: null } },
  errors: [404, 503],
});

export const featureRowLineageSchema = z.object({
  view: z.string(),
  schema_hash: z.string(),
  event_time: z.iso.datetime().nullable().describe("null: the model had no row of it"),
  created_time: z.iso.datetime().nullable().describe("Which version of the row: when it could be computed first"),
  available_at: z.iso.datetime().nullable(),
  recorded_at: z.iso.datetime().nullable().describe("When this store got that version"),
  matches: z.boolean().nullable().describe("Whether the values of that stored version are those that the answer was made of, to the bit"),
});

export const bronzeLineageSchema = z.object({
  instrument: z.string(),
  key: z.string().describe("Of the lake"),
  origin: z.string().nullable(),
  sha256: z.string().nullable(),
  ingested_at: z.iso.datetime().nullable(),
  bars: z.int().describe("Bars that the row of market features looks at and that came from it"),
  first_start: z.iso.datetime(),
  last_start: z.iso.datetime(),
});

export const lineageSchema = z.object({
  model: z.object({
    name: z.string(),
    version: z.string(),
    run_id: z.string().nullable(),
    source: z.string().nullable(),
    trained_until: z.iso.datetime().nullable(),
    library_version: z.string().nullable(),
  }),
  training_set: z
    .object({
      sha256: z.string(),
      key: z.string(),
      rows: z.int(),
      first_event_time: z.iso.datetime(),
      last_event_time: z.iso.datetime(),
      as_of: z.iso.datetime(),
      recorded_until: z.iso.datetime().nullable(),
    })
    .nullable()
    .describe("null: trained elsewhere, or not in this store any more"),
  feature_rows: z.array(featureRowLineageSchema),
  bronze_objects: z
    .array(bronzeLineageSchema)
    .describe("Of the bars behind the row of market features, of the pair and of the legs that it is compared with"),
  notes: z.array(z.string()).describe("What cannot be told, and why"),
});
export type LineageView = z.infer<typeof lineageSchema>;

export const readPrediction = defineRoute({
  family: PREDICTION_LOG_ROUTES,
  method: "GET",
  path: "/predictions/{prediction_id}",
  summary: "one answer with its features, and its lineage: model version, training set, rows of features, objects of bronze",
  params: z.object({ prediction_id: z.string().min(1).max(200) }),
  answers: {
    200: z.object({
      ...summaryShape,
      features: z.array(z.object({ feature: z.string(), value: z.number().nullable() })),
      lineage: lineageSchema,
    }),
  },
  errors: [404, 503],
});
