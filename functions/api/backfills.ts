import {
  cancelBackfill,
  createBackfill,
  listBackfills,
  pauseBackfill,
  planBackfill,
  readBackfill,
  unpauseBackfill,
} from "../../shared/contracts/backfills.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import { AppError } from "../../shared/errors.ts";
import type { Backfills } from "../engine/backfills.ts";
import { requireDag } from "../engine/requireDag.ts";
import { backfillRequestOf } from "./backfillRequestOf.ts";
import { backfillOrderOf, viewOfBackfill } from "./viewOfBackfill.ts";
import { viewOfPlan } from "./viewOfPlan.ts";

/** Backfills of a pipeline over a span of the past, with the verbs of Airflow's REST API v2. */
export function backfillRoutes(dags: readonly DagDefinition[], backfills: Backfills): MountedRoute[] {
  return [
    handle(listBackfills, async ({ query: { dag_id, order_by, ...page } }) => {
      const of = dag_id === undefined ? {} : { dag_id: requireDag(dags, dag_id).dag_id };
      const found = await backfills.list({ ...page, ...(order_by ? { order: order_by.map(backfillOrderOf) } : {}), ...of });
      return { backfills: found.backfills.map(viewOfBackfill), total_entries: found.total_entries };
    }),
    handle(createBackfill, async ({ body }) => viewOfBackfill(await backfills.create(backfillRequestOf(dags, body)))),
    handle(planBackfill, async ({ body }) => viewOfPlan(await backfills.plan(backfillRequestOf(dags, body)))),
    handle(readBackfill, async ({ params }) => viewOfBackfill(await backfills.get(readId(params.id)))),
    handle(pauseBackfill, async ({ params }) => viewOfBackfill(await backfills.setPaused(readId(params.id), true))),
    handle(unpauseBackfill, async ({ params }) => viewOfBackfill(await backfills.setPaused(readId(params.id), false))),
    handle(cancelBackfill, async ({ params }) => viewOfBackfill(await backfills.cancel(readId(params.id)))),
  ];
}

function readId(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new AppError("unknown_backfill", `id: there is no backfill "${text.slice(0, 80)}"; they are numbered from 1.`, {
    status: 404,
    details: { field: "id" },
  });
}
