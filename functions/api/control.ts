import {
  clearDagRun,
  clearTaskInstances,
  listDependencies,
  listMappedDependencies,
  patchDag,
  patchDagRun,
  patchMappedInstance,
  patchTaskInstance,
  type TaskPatch,
} from "../../shared/contracts/control.ts";
import type { TaskKey } from "../../shared/contracts/dags.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { requireRun } from "../engine/clearTasks.ts";
import type { Control } from "../engine/control.ts";
import { requireDag } from "../engine/requireDag.ts";
import { type InstanceAddress, requireInstance } from "../engine/requireInstance.ts";
import { clearOrderOf } from "./clearOrderOf.ts";
import type { DagReads } from "./dags.ts";
import { viewOfDag } from "./viewOfDag.ts";
import { viewOfObstacle } from "./viewOfObstacle.ts";
import { viewOfRun } from "./viewOfRun.ts";
import { viewOfTask } from "./viewOfTask.ts";

/** What people do to pipelines, runs and tasks, in the shapes of Airflow's REST API v2: pause, clear, mark, and ask why. */
export function controlRoutes({ dags, ledger, clock }: DagReads, control: Control): MountedRoute[] {
  /** Which instance is meant, of a map_index: what is wrong with a map key, the engine says. */
  const keyAt = async ({ dag_id, dag_run_id: run_id, task_id }: TaskAddress, { map_key = "", map_index }: Which): Promise<TaskKey> => {
    if (map_index === undefined) return { dag_id, run_id, task_id, map_key };
    requireDag(dags, dag_id);
    return { dag_id, run_id, task_id, map_key: (await requireInstance({ ledger }, { dag_id, run_id, task_id, map_index })).map_key };
  };
  const patched = async (key: TaskKey, body: TaskPatch) => {
    const marked = viewOfTask(await control.patchTask(key, body));
    return { ...marked, task_instances: [marked], total_entries: 1 };
  };
  const dependenciesOf = async (key: TaskKey) => {
    const obstacles = await control.obstacles(key);
    return { dependencies: obstacles.map(viewOfObstacle), total_entries: obstacles.length };
  };
  return [
    handle(patchDag, async ({ params, body }) => {
      const dag = requireDag(dags, params.dag_id);
      const { is_paused } = await control.patchDag(dag.dag_id, body);
      return viewOfDag(dag, is_paused, clock.now());
    }),
    handle(clearTaskInstances, async ({ params, body }) => {
      const cleared = await control.clear(params.dag_id, clearOrderOf(requireDag(dags, params.dag_id), body));
      return { task_instances: cleared.map(viewOfTask), total_entries: cleared.length };
    }),
    handle(clearDagRun, async ({ params: { dag_id, dag_run_id: run_id }, body: { dry_run, only_failed } }) => {
      const pick = { include_upstream: false, include_downstream: false, only_failed };
      const cleared = await control.clear(requireDag(dags, dag_id).dag_id, {
        of: { run_id },
        pick,
        is_dry_run: dry_run,
        may_revoke: false,
      });
      if (!dry_run) return viewOfRun(await requireRun({ ledger }, dag_id, run_id));
      return { task_instances: cleared.map(({ task_id }) => ({ task_id, task_display_name: task_id })), total_entries: cleared.length };
    }),
    handle(patchDagRun, async ({ params, body }) => viewOfRun(await control.patchRun(params.dag_id, params.dag_run_id, body))),
    handle(patchTaskInstance, async ({ params, query, body }) => patched(await keyAt(params, query), body)),
    handle(patchMappedInstance, async ({ params, body }) => patched(await keyAt(params, params), body)),
    handle(listDependencies, async ({ params, query }) => dependenciesOf(await keyAt(params, query))),
    handle(listMappedDependencies, async ({ params }) => dependenciesOf(await keyAt(params, params))),
  ];
}

interface TaskAddress {
  readonly dag_id: string;
  readonly dag_run_id: string;
  readonly task_id: string;
}

type Which = Pick<InstanceAddress, "map_key" | "map_index">;
