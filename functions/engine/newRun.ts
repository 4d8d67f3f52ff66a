import type { DagDefinition, TaskDefinition } from "../../shared/dag/dag.ts";
import { deadlineOf } from "../../shared/dag/deadline.ts";
import type { MapKeys } from "../../shared/dag/mapKeys.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import type { NewRun } from "../../shared/ports/ledger.ts";

/** A run with the tasks that the definition has now, one instance a key of what a task is mapped over. */
export function newRun(
  dag: DagDefinition,
  run: Pick<NewRun, "run_id" | "run_type" | "window" | "conf" | "triggered_by">,
  map_keys: MapKeys,
  now: Instant,
): NewRun {
  const tasks = dag.tasks.flatMap((task) =>
    instanceKeys(task, map_keys).map((map_key) => ({ task_id: task.task_id, map_key, max_tries: task.retries, pool: task.pool })),
  );
  return { dag_id: dag.dag_id, ...run, deadline_at: deadlineOf(dag, run.run_type, run.window.end, now), tasks };
}

function instanceKeys(task: TaskDefinition, map_keys: MapKeys): readonly string[] {
  return task.map_over === null ? [""] : map_keys[task.map_over];
}
