import { z } from "zod";
import { API_ROUTES } from "./families.ts";
import { limitField } from "./page.ts";
import { defineRoute } from "./route/defineRoute.ts";

/** GET /api/models/{name}/versions/{version}/outcomes: what a version said out of fold, and what came. */

const timeSchema = z.iso.datetime();

const confusionSchema = z.object({
  said_rise_came_rise: z.int(),
  said_rise_came_no_rise: z.int(),
  said_no_rise_came_rise: z.int(),
  said_no_rise_came_no_rise: z.int(),
});

export const modelOutcomesSchema = z.object({
  name: z.string(),
  version: z.string(),
  run_id: z.string(),
  dataset: z.string(),
  horizon_bars: z.int(),
  rows: z.int().describe("out of fold: each was answered by a model that had not seen it"),
  confusion: z
    .object({ all: confusionSchema, outside_rollover: confusionSchema, rollover: confusionSchema })
    .describe("rows by what was said and what came; a rise is said from a probability of 1/2 on"),
  pnl: z
    .array(z.object({ event_time: timeSchema, gross_bp: z.number(), net_bp: z.number() }))
    .describe(
      "the sum of all trades until then: every row in its direction outside the rollover, one unit each, before and after the spread",
    ),
});
export type ModelOutcomes = z.infer<typeof modelOutcomesSchema>;

export const readModelOutcomes = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/models/{name}/versions/{version}/outcomes",
  summary: "what a version said out of fold and what came: counts by direction, and what trading it came to over time",
  query: z.strictObject({ max_points: limitField(5_000, 400).describe("of the curve, about") }),
  answers: { 200: modelOutcomesSchema },
  errors: [404],
});
