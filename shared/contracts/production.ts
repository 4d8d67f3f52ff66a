import { z } from "zod";
import { API_ROUTES } from "./families.ts";
import { defineRoute, jsonBody } from "./route/defineRoute.ts";

/** POST /api/models/{name}/production: a person puts a version in Production, or back, and keeps it there or no longer. */

const versionField = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, "expected the number of a version")
  .describe("its number");
const said = {
  reason: z.string().trim().min(1).max(1_000).describe("why; it stays in the history of the model"),
  by: z.string().trim().min(1).max(200).describe("who; as it is given"),
  expected_version: versionField
    .nullable()
    .optional()
    .describe("the version that the caller believes to be in Production, null: none; 409 where it is another. Absent: whichever it is"),
};

export const productionRequestSchema = z.discriminatedUnion("action", [
  z.strictObject({
    action: z.literal("promote"),
    version: versionField,
    pin: z.boolean().optional().describe("true: nothing else is promoted by the checks until it is unpinned"),
    ...said,
  }),
  z.strictObject({
    action: z.literal("rollback"),
    version: versionField.optional().describe("the one that was in Production before, unless given"),
    pin: z.boolean().optional().describe("false: the next version that passes the checks may replace it; pinned unless given"),
    ...said,
  }),
  z.strictObject({ action: z.literal("unpin"), ...said }),
]);
export type ProductionRequest = z.infer<typeof productionRequestSchema>;

export const productionAnswerSchema = z.object({
  name: z.string(),
  version: z.string().nullable().describe("what is in Production now; null: nothing is, which an unpin may leave so"),
  replaced: z.string().nullable().describe("what was, and is archived; null: nothing was, or the version itself was there already"),
  effective_at: z.iso.datetime().describe("from when the version is there; of none, when it was unpinned"),
  pinned: z.boolean().describe("true: model_validation judges other versions, and promotes none"),
});
export type ProductionAnswer = z.infer<typeof productionAnswerSchema>;

export const moveProduction = defineRoute({
  family: API_ROUTES,
  method: "POST",
  path: "/api/models/{name}/production",
  summary: "promotes a version whose integrity is checked, puts an earlier one back, or ends what pins one; /predict serves it within 5 s",
  body: jsonBody(productionRequestSchema),
  answers: { 200: productionAnswerSchema },
  errors: [404, 409],
});
