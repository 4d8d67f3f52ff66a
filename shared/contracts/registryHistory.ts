import { z } from "zod";
import { ACTOR_KINDS } from "../models/actor.ts";
import { API_ROUTES } from "./families.ts";
import { limitField, offsetField } from "./page.ts";
import { defineRoute } from "./route/defineRoute.ts";
import { timeSchema } from "./timeSchema.ts";

/** GET /api/models/{name}/history: every change of a model's stages and aliases, and how they stood at a moment. */

export const actorSchema = z.object({
  kind: z.enum(ACTOR_KINDS).describe("pipeline: by the name of its DAG; person and mlflow: by the name that they gave"),
  name: z.string(),
});

const facts = {
  effective_at: z.iso.datetime().describe("From when it holds"),
  recorded_at: z.iso.datetime().describe("When this store recorded it"),
  reason: z.string(),
  by: actorSchema,
};

const changeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("stage"), version: z.string(), from_stage: z.string(), to_stage: z.string(), ...facts }),
  z.object({
    kind: z.literal("alias"),
    alias: z.string(),
    from_version: z.string().nullable().describe("null: there was none"),
    to_version: z.string().nullable().describe("null: it was taken away"),
    ...facts,
  }),
]);
export type RegistryChangeView = z.infer<typeof changeSchema>;

export const registryHistorySchema = z.object({
  name: z.string(),
  at: z.iso.datetime(),
  recorded_until: z.iso.datetime().nullable().describe("null: all that is recorded"),
  production: z.string().nullable().describe("the version that was in Production then"),
  stages: z.array(z.object({ version: z.string(), stage: z.string() })).describe("of each version that was moved by then"),
  aliases: z.array(z.object({ alias: z.string(), version: z.string() })),
  changes: z.array(changeSchema).describe("until then, the latest first"),
  total_entries: z.int(),
});
export type RegistryHistoryView = z.infer<typeof registryHistorySchema>;

export const readRegistryHistory = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/models/{name}/history",
  summary: "who changed a model's stages and aliases, when, why and from what to what, and how they stood at a moment",
  query: z.strictObject({
    at: timeSchema.optional().describe("how they stood then; now unless given"),
    recorded_until: timeSchema.optional().describe("as far as this store had recorded it by then; all unless given"),
    limit: limitField(1_000, 100),
    offset: offsetField,
  }),
  answers: { 200: registryHistorySchema },
  errors: [404],
});
