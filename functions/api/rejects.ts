import { Hono } from "hono";
import { z } from "zod";
import type { RejectCollection } from "../../shared/contracts/rejects.ts";
import { toIso } from "../../shared/domain/instant.ts";
import { instrumentSchema } from "../../shared/domain/instrument.ts";
import type { BarStore } from "../../shared/ports/barStore.ts";
import { check } from "./parseBody.ts";

const MAX_REJECTS = 1_000;

const querySchema = z.strictObject({
  instrument: instrumentSchema.optional(),
  reason: z.string().min(1).max(100).optional(),
  object: z.string().min(1).max(500).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_REJECTS).default(100),
  offset: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
});

/** GET /api/rejects: the lines of candles that did not become bars, and why. */
export function rejectRoutes(bars: Pick<BarStore, "rejects">): Hono {
  return new Hono().get("/api/rejects", async (context) => {
    const { instrument, reason, object, limit, offset } = check(querySchema, context.req.query());
    const { rejects, total_entries, counts } = await bars.rejects({
      ...(instrument === undefined ? {} : { instrument }),
      ...(reason === undefined ? {} : { reason }),
      ...(object === undefined ? {} : { object_key: object }),
      limit,
      offset,
    });
    const views = rejects.map((reject) => ({ ...reject, ingested_at: toIso(reject.ingested_at) }));
    return context.json({ rejects: views, total_entries, counts: [...counts] } satisfies RejectCollection);
  });
}
