import type { DagDefinition } from "../../../../shared/dag/dag.ts";
import type { Pools } from "../../../../shared/dag/pool.ts";
import type { Changed, ClearTerms } from "../../../../shared/ports/ledgerControl.ts";
import type { Database } from "../database.ts";
import { freedSlots, RESET_TASK, reopenRun, resumeStatements, retriesJson, revokedError, toChanged } from "./reopen.ts";
import { IS_RUN, type Statement } from "./statements.ts";

const IS_PICKED = `dag_id = :dag_id AND (run_id, task_id, map_key) IN (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(:keys))`;
/** All or none: one running task keeps the others from being cleared, unless its lease may be taken. */
const IS_ALLOWED = `(:may_revoke OR NOT EXISTS (SELECT 1 FROM task_instances WHERE ${IS_PICKED} AND state = 'running'))`;

/** Makes tasks run again, in one transaction. Null: one of them runs. */
export async function clearTasks(database: Database, pools: Pools, dag: DagDefinition, terms: ClearTerms): Promise<Changed | null> {
  if (terms.keys.length === 0) return { changed: [], queued: [] };
  const run_ids = [...new Set(terms.keys.map((key) => key.run_id))];
  const [attempts, changed, ...following] = await database.$client.batch(
    [...clearStatements(dag, terms, run_ids), ...resumeStatements(dag, run_ids, terms.now), ...freedSlots(pools, dag, terms.now)],
    "write",
  );
  return attempts && changed?.rows.length ? toChanged(dag.dag_id, changed, following) : null;
}

/** Closes tries that are open, resets the tasks (second statement, which returns them) and opens their runs. */
function clearStatements(dag: DagDefinition, terms: ClearTerms, run_ids: readonly string[]): Statement[] {
  const picked = {
    dag_id: dag.dag_id,
    keys: JSON.stringify(terms.keys.map((key) => [key.run_id, key.task_id, key.map_key])),
    may_revoke: terms.may_revoke ? 1 : 0,
  };
  const was_cleared = `EXISTS (SELECT 1 FROM task_instances WHERE ${IS_RUN} AND state = 'none')`;
  return [
    {
      sql: `UPDATE task_attempts SET state = 'failed', end_date = :now, error = :error WHERE ${IS_PICKED} AND end_date IS NULL AND ${IS_ALLOWED}`,
      args: { ...picked, now: terms.now, error: revokedError("the task was cleared before this try had ended") },
    },
    {
      sql: `UPDATE task_instances SET ${RESET_TASK} WHERE ${IS_PICKED} AND ${IS_ALLOWED} RETURNING dag_id, run_id, task_id, map_key`,
      args: { ...picked, retries: retriesJson(dag) },
    },
    ...run_ids.map((run_id) => reopenRun(dag.dag_id, run_id, terms.deadline_at, was_cleared)),
  ];
}
