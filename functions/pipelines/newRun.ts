import type { DagDefinition } from "../../shared/domain/dag.ts";
import { deadlineOf } from "../../shared/domain/deadline.ts";
import type { Instant } from "../../shared/domain/instant.ts";
import type { NewRun } from "../../shared/ports/ledger.ts";

/** A run with the tasks that the definition has now, one instance a map key of those that are mapped. */
export function newRun(
  dag: DagDefinition,
  run: Pick<NewRun, "run_id" | "run_type" | "window" | "conf" | "triggered_by">,
  map_keys: readonly string[],
  now: Instant,
): NewRun {
  const tasks = dag.tasks.flatMap((task) =>
    (task.mapped ? map_keys : [""]).map((map_key) => ({ task_id: task.task_id, map_key, max_tries: task.retries, pool: task.pool })),
  );
  return { dag_id: dag.dag_id, ...run, deadline_at: deadlineOf(dag, run.run_type, run.window.end, now), tasks };
}
