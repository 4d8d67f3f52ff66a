import type { TaskAttempt } from "../../shared/contracts/dags.ts";
import { toIso } from "../../shared/domain/instant.ts";
import type { LedgerTask, LedgerTry } from "../../shared/ports/ledgerRecords.ts";
import { lifetimeOf } from "./lifetimeOf.ts";
import { placeOf } from "./viewOfTask.ts";

/** A try of a task in the words of Airflow's REST API v2. */
export function viewOfTry(attempt: LedgerTry, task: LedgerTask): TaskAttempt {
  return {
    dag_id: attempt.dag_id,
    dag_run_id: attempt.run_id,
    task_id: attempt.task_id,
    map_key: attempt.map_key,
    try_number: attempt.try_number,
    state: attempt.state,
    ...lifetimeOf(attempt),
    start_date: toIso(attempt.started_at),
    error: attempt.error,
    report: attempt.report,
    log: attempt.log,
    ...placeOf(task),
  };
}
