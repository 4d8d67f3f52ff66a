import { z } from "zod";
import { instrumentSchema } from "../domain/instrument.ts";
import { HORIZONS } from "../labels/horizon.ts";
import { REALIZED_DIRECTIONS } from "../monitoring/settle.ts";
import { FEEDBACK_ROUTES } from "./families.ts";
import { PREDICTION_SUMMARY_EXAMPLE } from "./predictExamples.ts";
import { defineRoute, jsonBody } from "./route/defineRoute.ts";

export const feedbackRequestSchema = z.strictObject({
  prediction_id: z.string().min(1).max(200).optional().describe("Of the answer; or instrument and timestamp"),
  instrument: instrumentSchema.optional(),
  horizon_bars: z
    .literal([...HORIZONS])
    .optional()
    .describe("With instrument and timestamp: that which was asked for; 1 unless given"),
  timestamp: z.string().max(100).optional().describe("RFC 3339. That of the answer: of the last one that was given for the pair by then"),
  realized_direction: z.enum(REALIZED_DIRECTIONS).optional().describe("Or realized_price"),
  realized_price: z.number().positive().max(1e9).optional().describe("Mid at target_end; the direction is that from mid at event_time"),
  source: z.string().trim().min(1).max(100).describe("Who says so, or from which feed; it stands beside the outcome. Not bars"),
});
export type FeedbackRequest = z.infer<typeof feedbackRequestSchema>;

export const feedbackResponseSchema = z.object({
  instrument: z.string(),
  event_time: z.iso.datetime(),
  target_end: z.iso.datetime(),
  realized_direction: z.enum(REALIZED_DIRECTIONS),
  realized_price: z.number().nullable(),
  source: z.string(),
  reported_at: z.iso.datetime(),
  by_bars: z.enum(REALIZED_DIRECTIONS).nullable().describe("What this store's own bars say; null: they are not there"),
});

export const sendFeedback = defineRoute({
  family: FEEDBACK_ROUTES,
  method: "POST",
  path: "/feedback",
  is_idempotent: true,
  summary: "what came of a prediction, by its id or by instrument and timestamp: overrides what the bars say, with its source named",
  body: jsonBody(feedbackRequestSchema, { max_bytes: 4 * 1024 }),
  answers: { 200: feedbackResponseSchema },
  example: {
    body: { prediction_id: PREDICTION_SUMMARY_EXAMPLE.prediction_id, realized_price: 1.29341, source: "desk" },
    answer: {
      ...{ instrument: "USD_SGD", event_time: PREDICTION_SUMMARY_EXAMPLE.event_time, target_end: PREDICTION_SUMMARY_EXAMPLE.target_end },
      ...{
        realized_direction: "bullish",
        realized_price: 1.29341,
        source: "desk",
        reported_at: "2026-11-24T08:03:11.000Z",
        by_bars: "bullish",
      },
    },
  },
  errors: [404, 409, 503],
});
