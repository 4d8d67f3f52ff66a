import { Hono } from "hono";
import { z } from "zod";
import { backfillBodySchema } from "../../shared/contracts/backfills.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import { AppError } from "../../shared/errors.ts";
import { BACKFILL_ORDERS } from "../../shared/ports/backfillStore.ts";
import type { Backfills } from "../engine/backfills.ts";
import { requireDag } from "../engine/requireDag.ts";
import { pageSchema, queryOf } from "./page.ts";
import { check, parseBody } from "./parseBody.ts";

const MAX_BODY_BYTES = 64 * 1024;

const querySchema = pageSchema(BACKFILL_ORDERS).extend({ dag_id: z.string().optional() });

/** Backfills of a pipeline over a span of the past, with the verbs of Airflow's REST API v2. */
export function backfillRoutes(dags: readonly DagDefinition[], backfills: Backfills): Hono {
  const app = new Hono().basePath("/api/v2/backfills");
  const bodyOf = (request: Request) => parseBody(request, backfillBodySchema, MAX_BODY_BYTES);

  app.get("/", async (context) => {
    const { dag_id, ...page } = check(querySchema, context.req.query());
    const of = dag_id === undefined ? {} : { dag_id: requireDag(dags, dag_id).dag_id };
    return context.json(await backfills.list({ ...queryOf(page), ...of }));
  });
  app.post("/", async (context) => context.json(await backfills.create(await bodyOf(context.req.raw)), 201));
  app.post("/dry_run", async (context) => context.json(await backfills.dryRun(await bodyOf(context.req.raw))));
  app.get("/:id", async (context) => context.json(await backfills.get(readId(context.req.param("id")))));
  app.put("/:id/pause", async (context) => context.json(await backfills.setPaused(readId(context.req.param("id")), true)));
  app.put("/:id/unpause", async (context) => context.json(await backfills.setPaused(readId(context.req.param("id")), false)));
  app.put("/:id/cancel", async (context) => context.json(await backfills.cancel(readId(context.req.param("id")))));
  return app;
}

function readId(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new AppError("unknown_backfill", `id: there is no backfill "${text.slice(0, 80)}"; they are numbered from 1.`, {
    status: 404,
    details: { field: "id" },
  });
}
