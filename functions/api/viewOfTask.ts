import { taskInstanceId } from "../../shared/contracts/airflow/taskInstanceId.ts";
import type { TaskInstance } from "../../shared/contracts/dags.ts";
import { NO_POOL } from "../../shared/dag/pool.ts";
import { toIsoOrNull } from "../../shared/domain/instant.ts";
import type { LedgerTask } from "../../shared/ports/ledgerRecords.ts";
import { NONE_OF_TASK } from "./airflowNulls.ts";
import { datesOf } from "./datesOf.ts";
import { lifetimeOf } from "./lifetimeOf.ts";

/** A task of a run in the words of Airflow's REST API v2. */
export function viewOfTask(task: LedgerTask): TaskInstance {
  return {
    dag_id: task.dag_id,
    dag_run_id: task.run_id,
    task_id: task.task_id,
    map_key: task.map_key,
    state: task.state,
    try_number: task.try_number,
    not_before: toIsoOrNull(task.not_before),
    ...lifetimeOf(task),
    report: task.report,
    note: task.note,
    id: taskInstanceId(task),
    ...placeOf(task),
    rendered_map_index: task.map_key === "" ? null : task.map_key,
    ...datesOf(task),
    ...{ rendered_fields: null, trigger: null, triggerer_job: null },
  };
}

/** What a task and each of its tries have in Airflow's models. */
export function placeOf({ dag_id, task_id, map_index, max_tries, pool }: LedgerTask) {
  const names = { dag_display_name: dag_id, task_display_name: task_id };
  return { ...names, map_index, max_tries, pool: pool ?? NO_POOL, ...NONE_OF_TASK };
}
