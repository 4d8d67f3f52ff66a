import type { ClearRequest } from "../../shared/contracts/control.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import { requireInstant } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import { type ClearOrder, requireTasks } from "../engine/clearTasks.ts";
import { namedTasks } from "../engine/pickInstances.ts";

/** What a body of clearTaskInstances asks for: the tasks of one run, or of the runs between two times. */
export function clearOrderOf(dag: DagDefinition, asked: ClearRequest): ClearOrder {
  const { task_ids, map_keys, include_upstream, include_downstream, only_failed } = asked;
  // A task that does not exist is said before what is wrong with the span.
  requireTasks(dag, namedTasks(task_ids));
  const pick = { include_upstream, include_downstream, only_failed, ...(task_ids ? { task_ids } : {}), ...(map_keys ? { map_keys } : {}) };
  return { of: runsOf(asked), pick, is_dry_run: asked.dry_run, may_revoke: !asked.prevent_running_task };
}

function runsOf({ dag_run_id: run_id, start_date, end_date }: ClearRequest): ClearOrder["of"] {
  if (run_id !== undefined) {
    if (start_date !== undefined || end_date !== undefined) throw invalid("dag_run_id", "give a run, or start_date and end_date, not both");
    return { run_id };
  }
  if (start_date === undefined || end_date === undefined) throw invalid("dag_run_id", "give a run, or start_date and end_date");
  const within = { start: requireInstant(start_date, "start_date"), end: requireInstant(end_date, "end_date") };
  if (within.start >= within.end) throw invalid("start_date", "it is not before end_date");
  return { within };
}

function invalid(field: string, problem: string): AppError {
  return new AppError("invalid_request", `${field}: ${problem}.`, { status: 422, details: { field } });
}
