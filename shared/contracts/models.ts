import { z } from "zod";
import { HORIZONS } from "../labels/horizon.ts";
import { modelClaimSchema } from "../models/modelClaim.ts";
import { API_ROUTES } from "./families.ts";
import { actorSchema } from "./registryHistory.ts";
import { defineRoute } from "./route/defineRoute.ts";

/** GET /api/models and GET /api/models/{name}. */

const versionShape = {
  name: z.string(),
  version: z.string(),
  run_id: z.string(),
  source: z.string().describe("Where its files lie in the lake"),
  current_stage: z.string(),
  creation_timestamp: z.string(),
  last_updated_timestamp: z.string(),
  recorded_at: z.string().optional().describe("When this store registered it"),
  tags: z.record(z.string(), z.string()).describe("Every check with its verdict and what it measured"),
};

export const productionModelSchema = z.object({ ...versionShape, ...modelClaimSchema.shape });
export type ProductionModel = z.infer<typeof productionModelSchema>;

const pinSchema = z.object({
  version: z.string(),
  since: z.iso.datetime(),
  reason: z.string(),
  by: actorSchema,
});
export type PinView = z.infer<typeof pinSchema>;
const pinnedField = pinSchema
  .nullable()
  .optional()
  .describe("The version that model_validation keeps in Production: others are judged and not promoted. null: none");

export const modelCollectionSchema = z.object({
  models: z.array(
    z.object({
      name: z.string(),
      instrument: z.string(),
      horizon_bars: z.int().optional().describe("Bars ahead that it predicts; /predict is served by the models of 1"),
      pinned: pinnedField,
      production: productionModelSchema.nullable(),
      live_since: z
        .string()
        .nullable()
        .optional()
        .describe("Answers about moments from then on stand on the record, earlier ones are replays; null: all are replays"),
    }),
  ),
  total_entries: z.int(),
});
export type ModelSummary = z.infer<typeof modelCollectionSchema>["models"][number];

export const modelHistorySchema = z.object({
  name: z.string(),
  pinned: pinnedField,
  rollback_version: z
    .string()
    .nullable()
    .optional()
    .describe(
      "The version that a rollback without one puts back in Production: the one that was let in before the present one. null: none was",
    ),
  versions: z.array(
    z.object({
      ...versionShape,
      skill: modelClaimSchema.shape.skill,
      skill_reason: modelClaimSchema.shape.skill_reason,
      metrics: z
        .record(z.string(), z.number())
        .describe(
          "Out of fold: of all rows by their plain names, and of the rest by outside_rollover_ and rollover_ before them; those of sessions and months are in its evaluation",
        ),
    }),
  ),
  transitions: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      from_stage: z.string(),
      to_stage: z.string(),
      effective_at: z.string().describe("From when it holds"),
      recorded_at: z.string().optional().describe("When this store recorded it"),
      reason: z.string(),
      by: actorSchema.optional(),
    }),
  ),
});
export type ModelHistory = z.infer<typeof modelHistorySchema>;

export const listModels = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/models",
  summary:
    "the models of every instrument, one for each horizon that was trained, their Production versions, and the skill that each may claim",
  query: z.strictObject({
    instrument: z.string().optional().describe("of this one only"),
    horizon_bars: z.coerce.number().pipe(z.literal(HORIZONS)).optional().describe("of this horizon only"),
  }),
  answers: { 200: modelCollectionSchema },
});

export const readModel = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/models/{name}",
  summary: "a model's versions, checks, metrics and moves between stages",
  answers: { 200: modelHistorySchema },
  errors: [404],
});
