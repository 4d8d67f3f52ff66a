import { z } from "zod";
import { instrumentSchema } from "../domain/instrument.ts";
import { DEAD_LETTER_ORDERS } from "../ports/deadLetters.ts";
import { backfillSchema } from "./backfills.ts";
import { isWithinDepth } from "./conf.ts";
import { API_ROUTES } from "./families.ts";
import { pageSchema } from "./page.ts";
import { defineRoute, jsonBody } from "./route/defineRoute.ts";

/** What is sent to the reprocess queue: run a pipeline again over a span of the past. It becomes a backfill. */
export const reprocessMessageSchema = z.strictObject({
  /** A DAG. */
  pipeline: z.string().min(1).max(200),
  instruments: z.array(instrumentSchema).min(1).max(200),
  from: z.string(),
  to: z.string(),
  reason: z.string().min(1).max(1_000),
});
export type ReprocessMessage = z.infer<typeof reprocessMessageSchema>;

export const deadLetterSchema = z.object({
  id: z.string(),
  queue: z.string(),
  /** As it came; what was no JSON as a text. */
  body: z.unknown(),
  error: z.string(),
  received_at: z.iso.datetime(),
  replayed_at: z.iso.datetime().nullable(),
});
export type DeadLetterView = z.infer<typeof deadLetterSchema>;

export const deadLetterCollectionSchema = z.object({ dead_letters: z.array(deadLetterSchema), total_entries: z.int() });

/** The message is on its queue, from which it becomes a backfill. */
export const acceptedSchema = z.object({ accepted: reprocessMessageSchema });
export type Accepted = z.infer<typeof acceptedSchema>;

/** With `body`, that in place of the kept one. */
export const replaySchema = z.strictObject({
  body: z
    .unknown()
    .refine((body) => isWithinDepth(body), "nests too deep")
    .optional(),
});
export type ReplayBody = z.infer<typeof replaySchema>;

export const requestReprocess = defineRoute({
  family: API_ROUTES,
  method: "POST",
  path: "/api/reprocess",
  summary: "puts {pipeline, instruments, from, to, reason} on the reprocess queue, from which it becomes a backfill",
  body: jsonBody(reprocessMessageSchema),
  answers: { 202: acceptedSchema },
  errors: [404],
});

export const listDeadLetters = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/dead-letters",
  summary: "reprocess messages that could not be obeyed, and why",
  query: pageSchema(DEAD_LETTER_ORDERS).extend({
    is_replayed: z
      .enum(["true", "false"])
      .transform((text) => text === "true")
      .optional(),
  }),
  answers: { 200: deadLetterCollectionSchema },
});

export const replayDeadLetter = defineRoute({
  family: API_ROUTES,
  method: "POST",
  path: "/api/dead-letters/{id}/replay",
  summary: 'obeys one after all; {"body": ...} corrects it',
  body: jsonBody(replaySchema, { is_optional: true }),
  answers: { 200: backfillSchema },
  errors: [404],
});
