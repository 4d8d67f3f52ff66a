import { requireAirflowTime } from "../../shared/contracts/airflow/airflowTime.ts";
import type { ClearRequest } from "../../shared/contracts/control.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import { AppError } from "../../shared/errors.ts";
import { type ClearOrder, requireTasks } from "../engine/clearTasks.ts";
import { namedTasks } from "../engine/pickInstances.ts";

/** What a body of clearTaskInstances asks for: the tasks of one run, of those after or before it too, or of the runs between two times. */
export function clearOrderOf(dag: DagDefinition, asked: ClearRequest): ClearOrder {
  const { task_ids, map_keys, include_upstream, include_downstream, only_failed, only_running } = asked;
  // A task that does not exist is said before what is wrong with the span.
  requireTasks(dag, namedTasks(task_ids ?? []));
  const states = { only_failed, only_running };
  const pick = { include_upstream, include_downstream, ...states, ...(task_ids ? { task_ids } : {}), ...(map_keys ? { map_keys } : {}) };
  return { of: runsOf(asked), pick, is_dry_run: asked.dry_run, may_revoke: !asked.prevent_running_task };
}

function runsOf({ dag_run_id, start_date, end_date, include_future, include_past }: ClearRequest): ClearOrder["of"] {
  if (dag_run_id != null) {
    if (start_date != null || end_date != null) throw invalid("dag_run_id", "give a run, or start_date and end_date, not both");
    return { run_id: dag_run_id, with_later: include_future, with_earlier: include_past };
  }
  if (include_future || include_past) throw invalid("dag_run_id", "include_future and include_past go with a run");
  if (start_date == null || end_date == null) throw invalid("dag_run_id", "give a run, or start_date and end_date");
  const within = { start: requireAirflowTime(start_date, "start_date"), end: requireAirflowTime(end_date, "end_date") };
  if (within.start >= within.end) throw invalid("start_date", "it is not before end_date");
  return { within };
}

function invalid(field: string, problem: string): AppError {
  return new AppError("invalid_request", `${field}: ${problem}.`, { status: 422, details: { field } });
}
