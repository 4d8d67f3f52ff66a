import type { TaskInstance } from "../../shared/contracts/dags.ts";
import { toIsoOrNull } from "../../shared/domain/instant.ts";
import type { LedgerTask } from "../../shared/ports/ledgerRecords.ts";
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
    max_tries: task.max_tries,
    not_before: toIsoOrNull(task.not_before),
    ...lifetimeOf(task),
    report: task.report,
    note: task.note,
    pool: task.pool,
  };
}
