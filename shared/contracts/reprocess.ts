import { z } from "zod";
import { instrumentSchema } from "../domain/instrument.ts";
import { isWithinDepth } from "./conf.ts";

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
export type DeadLetterCollection = z.infer<typeof deadLetterCollectionSchema>;

/** Answer of POST /reprocess: the message is on its queue, from which it becomes a backfill. */
export const acceptedSchema = z.object({ accepted: reprocessMessageSchema });
export type Accepted = z.infer<typeof acceptedSchema>;

/** POST /dead-letters/{id}/replay: with `body`, that in place of the kept one. */
export const replaySchema = z.strictObject({
  body: z
    .unknown()
    .refine((body) => isWithinDepth(body), "nests too deep")
    .optional(),
});
export type ReplayBody = z.infer<typeof replaySchema>;
