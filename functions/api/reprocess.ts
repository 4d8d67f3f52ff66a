import { Hono } from "hono";
import { z } from "zod";
import { type Accepted, replaySchema, reprocessMessageSchema } from "../../shared/contracts/reprocess.ts";
import { DEAD_LETTER_ORDERS } from "../../shared/ports/deadLetters.ts";
import type { ReprocessQueue } from "../../shared/ports/reprocessQueue.ts";
import type { Reprocess } from "../engine/reprocess.ts";
import { pageSchema, queryOf } from "./page.ts";
import { check, parseBody, parseOptionalBody } from "./parseBody.ts";

const MAX_BODY_BYTES = 64 * 1024;

const querySchema = pageSchema(DEAD_LETTER_ORDERS).extend({
  is_replayed: z
    .enum(["true", "false"])
    .transform((text) => text === "true")
    .optional(),
});

/**
 * POST /api/reprocess puts a message on the queue on which Workers send theirs; what is wrong with it is told at once. What came by the
 * queue and could not be obeyed is at GET /api/dead-letters, and POST .../{id}/replay tries it again.
 */
export function reprocessRoutes(reprocess: Reprocess, queue: ReprocessQueue): Hono {
  return new Hono()
    .post("/api/reprocess", async (context) => {
      const message = await parseBody(context.req.raw, reprocessMessageSchema, MAX_BODY_BYTES);
      const accepted = reprocess.check(message);
      await queue.send(accepted);
      return context.json({ accepted } satisfies Accepted, 202);
    })
    .get("/api/dead-letters", async (context) => {
      const { is_replayed, ...page } = check(querySchema, context.req.query());
      return context.json(await reprocess.deadLetters({ ...queryOf(page), ...(is_replayed === undefined ? {} : { is_replayed }) }));
    })
    .post("/api/dead-letters/:id/replay", async (context) => {
      const { body } = await parseOptionalBody(context.req.raw, replaySchema, MAX_BODY_BYTES);
      return context.json(await reprocess.replay(context.req.param("id"), body));
    });
}
