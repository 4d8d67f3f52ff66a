import { z } from "zod";
import { instrumentSchema } from "../domain/instrument.ts";
import { API_ROUTES } from "./families.ts";
import { limitField, offsetField } from "./page.ts";
import { defineRoute } from "./route/defineRoute.ts";

/** GET /api/rejects: lines of candles that did not become bars. */
export const rejectSchema = z.object({
  /** The bronze object that the line is in. */
  object_key: z.string(),
  /** Line of the object, from 1. */
  line: z.int(),
  instrument: z.string(),
  reason: z.string(),
  /** Which field, and what was wrong with it. */
  detail: z.string(),
  /** The line as it was sent, cut at 2,000 characters. */
  raw: z.string(),
  ingested_at: z.iso.datetime(),
});
export type RejectView = z.infer<typeof rejectSchema>;

export const rejectCollectionSchema = z.object({
  /** Newest first. */
  rejects: z.array(rejectSchema),
  /** How many are kept, under the same filter. */
  total_entries: z.int(),
  /** By reason, under the same filter: all lines that were refused, and those of them that are kept. */
  counts: z.array(z.object({ reason: z.string(), total: z.int(), kept: z.int() })),
});
export type RejectCollection = z.infer<typeof rejectCollectionSchema>;

export const listRejects = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/rejects",
  summary: "lines of candles that did not become bars, and why, the newest first",
  query: z.strictObject({
    reason: z.string().min(1).max(100).optional().describe("only of this reason"),
    instrument: instrumentSchema.optional().describe("only of this pair"),
    object: z.string().min(1).max(500).optional().describe("only of this object of the lake"),
    limit: limitField(1_000, 100),
    offset: offsetField,
  }),
  answers: { 200: rejectCollectionSchema },
});
