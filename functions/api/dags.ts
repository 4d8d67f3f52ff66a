import { Hono } from "hono";
import type { Dag } from "../../shared/contracts/dags.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import type { LedgerQueries } from "../../shared/ports/ledger.ts";
import type { LedgerControl } from "../../shared/ports/ledgerControl.ts";
import { requireDag } from "../engine/requireDag.ts";
import { pageOf, pageSchema } from "./page.ts";
import { check } from "./parseBody.ts";

export interface DagReads {
  readonly dags: readonly DagDefinition[];
  readonly ledger: LedgerQueries & Pick<LedgerControl, "pausedDags">;
}

const querySchema = pageSchema(["dag_id", "is_paused"]);

/** GET /api/v2/dags and /dags/{dag_id}: the pipelines, in the shapes of Airflow's REST API v2. */
export function dagRoutes({ dags, ledger }: DagReads): Hono {
  return new Hono()
    .basePath("/api/v2/dags")
    .get("/", async (context) => {
      const query = check(querySchema, context.req.query());
      const paused = new Set(await ledger.pausedDags());
      const views = dags.map((dag) => viewOfDag(dag, paused.has(dag.dag_id)));
      return context.json({ dags: pageOf(views, query), total_entries: dags.length });
    })
    .get("/:dag", async (context) => {
      const dag = requireDag(dags, context.req.param("dag"));
      return context.json(viewOfDag(dag, (await ledger.pausedDags()).includes(dag.dag_id)));
    });
}

export function viewOfDag(dag: DagDefinition, is_paused: boolean) {
  const timetable_summary = dag.schedule ? `${dag.schedule.cron} ${dag.schedule.time_zone}` : null;
  return { ...dag, is_paused, timetable_summary } satisfies Dag;
}
