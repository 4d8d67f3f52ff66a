import { readDagGrid } from "../../shared/contracts/dagGrid.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { requireRun } from "../engine/clearTasks.ts";
import { requireDag } from "../engine/requireDag.ts";
import type { DagReads } from "./dags.ts";
import { viewOfGrid } from "./viewOfGrid.ts";

/** Runs and tasks of a pipeline at once: a page of Airflow's lists for each run would be hundreds of requests. */
export function dagGridRoutes(reads: DagReads): MountedRoute {
  return handle(readDagGrid, async ({ params, query: { limit, before, run_after_lte, since } }) => {
    const dag = requireDag(reads.dags, params.dag_id);
    const behind = before === undefined ? null : await requireRun(reads, dag.dag_id, before, "before");
    const page = await reads.ledger.grid({
      ...{ dag_id: dag.dag_id, limit },
      ...(behind ? { before: { window_end: behind.window.end, run_id: behind.run_id } } : {}),
      ...(run_after_lte === undefined ? {} : { until: run_after_lte }),
      ...(since === undefined ? {} : { since }),
    });
    return viewOfGrid(dag, page, since ?? null);
  });
}
