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
import { queryOf } from "./page.ts";

/** Backfills of a pipeline over a span of the past, with the verbs of Airflow's REST API v2. */
export function backfillRoutes(dags: readonly DagDefinition[], backfills: Backfills): MountedRoute[] {
  return [
    handle(listBackfills, ({ query: { dag_id, ...page } }) => {
      const of = dag_id === undefined ? {} : { dag_id: requireDag(dags, dag_id).dag_id };
      return backfills.list({ ...queryOf(page), ...of });
    }),
    handle(createBackfill, ({ body }) => backfills.create(body)),
    handle(planBackfill, ({ body }) => backfills.dryRun(body)),
    handle(readBackfill, ({ params }) => backfills.get(readId(params.id))),
    handle(pauseBackfill, ({ params }) => backfills.setPaused(readId(params.id), true)),
    handle(unpauseBackfill, ({ params }) => backfills.setPaused(readId(params.id), false)),
    handle(cancelBackfill, ({ params }) => backfills.cancel(readId(params.id))),
  ];
}

function readId(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new AppError("unknown_backfill", `id: there is no backfill "${text.slice(0, 80)}"; they are numbered from 1.`, {
    status: 404,
    details: { field: "id" },
  });
}
