import { z } from "zod";
import { evaluationSchema } from "../models/evaluation.ts";
import { API_ROUTES } from "./families.ts";
import { defineRoute } from "./route/defineRoute.ts";

/** GET /api/models/{name}/versions/{version}/evaluation: what a version was found to be worth before it was promoted. */

const stored = evaluationSchema.shape;

export const modelEvaluationSchema = z.object({
  name: z.string(),
  version: z.string(),
  run_id: z.string(),
  instrument: z.string(),
  horizon_bars: z.int(),
  dataset: z.string(),
  profile: z.string(),
  claim: stored.claim,
  hours: stored.hours.describe(
    "out of fold: of all rows, of those outside the rollover, and of the rollover's; scores are missing in one from before there were any",
  ),
  breakdown: stored.breakdown
    .unwrap()
    .nullable()
    .describe("by instrument, hours, session and month; null in one from before there was any"),
  seeds: stored.seeds.describe("each seed alone: how much of a single one's result is luck"),
  folds: stored.folds,
  importance: stored.importance.describe("share of the total gain by feature"),
});
export type ModelEvaluation = z.infer<typeof modelEvaluationSchema>;

export const readModelEvaluation = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/models/{name}/versions/{version}/evaluation",
  summary: "what was measured of a version out of fold, beside its baselines: by instrument, session, month and rollover apart",
  answers: { 200: modelEvaluationSchema },
  errors: [404],
});
