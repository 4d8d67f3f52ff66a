import { clearTaskInstances, listDependencies, patchDag, patchDagRun, patchTaskInstance } from "../../shared/contracts/control.ts";
import type { TaskKey } from "../../shared/contracts/dags.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import type { Dag } from "../../shared/dag/dag.ts";
import type { Control } from "../engine/control.ts";
import { requireDag } from "../engine/requireDag.ts";
import { clearOrderOf } from "./clearOrderOf.ts";
import { viewOfDag } from "./dags.ts";
import { viewOfObstacle } from "./viewOfObstacle.ts";
import { viewOfRun } from "./viewOfRun.ts";
import { viewOfTask } from "./viewOfTask.ts";

/** What people do to pipelines, runs and tasks, in the shapes of Airflow's REST API v2: pause, clear, mark, and ask why. */
export function controlRoutes(dags: readonly Dag<never>[], control: Control): MountedRoute[] {
  return [
    handle(patchDag, async ({ params, body }) => {
      const dag = requireDag(dags, params.dag_id);
      const { is_paused } = await control.patchDag(dag.dag_id, body);
      return viewOfDag(dag, is_paused);
    }),
    handle(clearTaskInstances, async ({ params, body }) => {
      const cleared = await control.clear(params.dag_id, clearOrderOf(requireDag(dags, params.dag_id), body));
      return { task_instances: cleared.map(viewOfTask), total_entries: cleared.length };
    }),
    handle(patchDagRun, async ({ params, body }) => viewOfRun(await control.patchRun(params.dag_id, params.dag_run_id, body))),
    handle(patchTaskInstance, async ({ params, query, body }) => viewOfTask(await control.patchTask(keyOf(params, query.map_key), body))),
    handle(listDependencies, async ({ params, query }) => {
      const obstacles = await control.obstacles(keyOf(params, query.map_key));
      return { dependencies: obstacles.map(viewOfObstacle), total_entries: obstacles.length };
    }),
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
