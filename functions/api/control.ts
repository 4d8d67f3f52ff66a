import { clearTaskInstances, listDependencies, patchDag, patchDagRun, patchTaskInstance } from "../../shared/contracts/control.ts";
import type { TaskKey } from "../../shared/contracts/dags.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import type { Dag } from "../../shared/dag/dag.ts";
import type { Control } from "../engine/control.ts";
import { requireDag } from "../engine/requireDag.ts";
import { viewOfDag } from "./dags.ts";

/** What people do to pipelines, runs and tasks, in the shapes of Airflow's REST API v2: pause, clear, mark, and ask why. */
export function controlRoutes(dags: readonly Dag<never>[], control: Control): MountedRoute[] {
  return [
    handle(patchDag, async ({ params, body }) => {
      const dag = requireDag(dags, params.dag_id);
      const { is_paused } = await control.patchDag(dag.dag_id, body);
      return viewOfDag(dag, is_paused);
    }),
    handle(clearTaskInstances, ({ params, body }) => control.clear(params.dag_id, body)),
    handle(patchDagRun, ({ params, body }) => control.patchRun(params.dag_id, params.dag_run_id, body)),
    handle(patchTaskInstance, ({ params, query, body }) => control.patchTask(keyOf(params, query.map_key), body)),
    handle(listDependencies, ({ params, query }) => control.dependencies(keyOf(params, query.map_key))),
  ];
}

interface TaskAddress {
  readonly dag_id: string;
  readonly dag_run_id: string;
  readonly task_id: string;
}

function keyOf({ dag_id, dag_run_id: run_id, task_id }: TaskAddress, map_key: string): TaskKey {
  return { dag_id, run_id, task_id, map_key };
}
