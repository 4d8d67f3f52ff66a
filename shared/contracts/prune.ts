import { z } from "zod";
import { RETENTION } from "../retention/retention.ts";
import { API_ROUTES } from "./families.ts";
import { defineRoute, jsonBody } from "./route/defineRoute.ts";

const KINDS = Object.keys(RETENTION) as [keyof typeof RETENTION, ...(keyof typeof RETENTION)[]];

const prunedKindSchema = z.object({
  kind: z.enum(KINDS),
  what: z.string().describe("in words"),
  days: z.int().describe("how long it is kept (RETENTION_DAYS)"),
  before: z.string().describe("what is older than this moment may go"),
  found: z.int().describe("rows, logs or objects: those that may go, or with `apply` those that are gone"),
  bytes: z.int().describe("of their text or content; 0 of rows of readings"),
});
export type PrunedKind = z.infer<typeof prunedKindSchema>;

export const pruneSchema = z.object({
  applied: z.boolean(),
  more: z.boolean().describe("with `apply`: not all is done; ask again until it is false"),
  kinds: z.array(prunedKindSchema),
});
export type PruneAnswer = z.infer<typeof pruneSchema>;

export const pruneRoute = defineRoute({
  family: API_ROUTES,
  method: "POST",
  path: "/api/prune",
  summary: "what is older than it is kept: counted, or with `apply` removed, some at a time",
  body: jsonBody(z.strictObject({ apply: z.boolean().default(false) })),
  answers: { 200: pruneSchema },
});
