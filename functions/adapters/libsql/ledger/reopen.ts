import type { ResultSet } from "@libsql/client/web";
import type { DagDefinition } from "../../../../shared/dag/dag.ts";
import { topologicalOrder } from "../../../../shared/dag/dagGraph.ts";
import type { Pools } from "../../../../shared/dag/pool.ts";
import type { Instant } from "../../../../shared/domain/instant.ts";
import type { Changed } from "../../../../shared/ports/ledgerControl.ts";
import { readRow } from "../readRow.ts";
import { runCallbacks } from "./callbacks.ts";
import { toKey } from "./due.ts";
import { nextInPool } from "./pools.ts";
import { queuedTasks } from "./settle.ts";
import { startRuns } from "./start.ts";
import { applyTriggerRule, endRuns, IS_RUN, removeUnknownTasks, type Statement } from "./statements.ts";

/** A task that is to run again: its tries stay and go on counting, and it may be tried as often as a new one. */
export const RESET_TASK = `state = 'none', lease_token = NULL, lease_until = NULL, takeovers = 0, cursor = NULL, report = NULL, note = NULL,
  not_before = 0, start_date = NULL, end_date = NULL, first_start_date = NULL,
  max_tries = try_number + coalesce((SELECT value FROM json_each(:retries) WHERE key = task_id), 0)`;

/** Retries by task, as an argument of RESET_TASK. */
export function retriesJson(dag: DagDefinition): string {
  return JSON.stringify(Object.fromEntries(dag.tasks.map((task) => [task.task_id, task.retries])));
}

/** What was written about the try of a task whose worker was sent away. */
export function revokedError(note: string): string {
  return JSON.stringify({ code: "cancelled", message: note, retryable: false });
}

/**
 * After tasks were reset: applies the rules to them, ends the runs that have nothing left to do, also those that would have to wait, and
 * starts the others again as far as max_active_runs allows.
 */
export function resumeStatements(dag: DagDefinition, run_ids: readonly string[], now: Instant): Statement[] {
  const removals = run_ids.map((run_id) => removeUnknownTasks(dag, run_id, now));
  const rules = topologicalOrder(dag.tasks).map((task) => applyTriggerRule(dag, task, run_ids, now));
  return [...removals, ...rules, endRuns(dag, run_ids, now), ...runCallbacks(dag, run_ids, now), ...startRuns(dag, now)];
}

/** Opens an ended run. A deadline starts anew, or is gone when it was counted from the interval. */
export function reopenRun(dag_id: string, run_id: string, deadline_at: Instant | null, condition: string): Statement {
  return {
    sql: `UPDATE dag_runs SET state = 'queued', start_date = NULL, end_date = NULL, deadline_at = :deadline_at,
        deadline_check_at = :deadline_at, deadline_missed_at = NULL
      WHERE ${IS_RUN} AND state IN ('success', 'failed') AND ${condition}`,
    args: { dag_id, run_id, deadline_at },
  };
}

/** Whoever waits for slots that tasks of this DAG may have held. */
export function freedSlots(pools: Pools, dag: DagDefinition, now: Instant): Statement[] {
  const used = new Set(dag.tasks.flatMap((task) => (task.pool !== null && pools[task.pool] ? [task.pool] : [])));
  return [...used].map((pool) => nextInPool(pools, pool, now));
}

/** `changed`: the statement that names the tasks; `following`: those whose rows are tasks that are due. */
export function toChanged(dag_id: string, changed: ResultSet | undefined, following: readonly ResultSet[]): Changed {
  const queued = queuedTasks(
    dag_id,
    following.flatMap((result) => result.rows),
  );
  return { changed: (changed?.rows ?? []).map((row) => toKey(readRow(row))), queued };
}
