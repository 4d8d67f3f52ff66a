import type { CallbackKind, DagDefinition } from "../../../../shared/dag/dag.ts";
import type { Instant } from "../../../../shared/domain/instant.ts";
import type { Lease } from "../../../../shared/ports/ledger.ts";
import type { Database } from "../database.ts";
import { IS_ONE_OF_RUNS, IS_TASK, type Statement } from "./statements.ts";

/**
 * What people are to be told of, written in the transaction of the change that it tells of. The key of a happening holds what makes it
 * one (the try, the run's end, the deadline), so that a statement that is repeated adds nothing.
 */

const INSERT = `INSERT INTO callbacks
  (dedupe_key, kind, dag_id, run_id, task_id, map_key, try_number, details, created_at, next_attempt_at) SELECT`;

/** After the change of a task: nothing is written unless that change was made. */
export function taskCallback(kind: CallbackKind, lease: Lease, now: Instant): Statement {
  return {
    sql: `${INSERT} :kind || ':' || dag_id || '/' || run_id || '/' || task_id || '/' || map_key || '/' || try_number, :kind,
        dag_id, run_id, task_id, map_key, try_number, json_object('error', json((
          SELECT error FROM task_attempts a WHERE a.dag_id = t.dag_id AND a.run_id = t.run_id AND a.task_id = t.task_id
            AND a.map_key = t.map_key AND a.try_number = t.try_number))), :now, :now
      FROM task_instances t WHERE ${IS_TASK} AND state = 'failed' AND try_number = :try_number AND end_date = :now
      ON CONFLICT DO NOTHING`,
    args: { ...lease.key, kind, try_number: lease.try_number, now },
  };
}

/** After endRuns, for those of the runs that it ended at `now`. */
export function runCallbacks(dag: DagDefinition, run_ids: readonly string[], now: Instant): Statement[] {
  if (!dag.callbacks.includes("on_run_failure")) return [];
  const sql = `${INSERT} 'on_run_failure:' || dag_id || '/' || run_id || '/' || end_date, 'on_run_failure',
      dag_id, run_id, NULL, NULL, NULL, json_object('run_type', run_type, 'failed_tasks', json((
        SELECT json_group_array(task_id || CASE WHEN map_key = '' THEN '' ELSE '/' || map_key END) FROM (
          SELECT task_id, map_key FROM task_instances t WHERE t.dag_id = dag_runs.dag_id AND t.run_id = dag_runs.run_id AND t.state = 'failed'
          ORDER BY task_id, map_key LIMIT 20)))),
      :now, :now
    FROM dag_runs WHERE ${IS_ONE_OF_RUNS} AND state = 'failed' AND end_date = :now
    ON CONFLICT DO NOTHING`;
  return [{ sql, args: { dag_id: dag.dag_id, run_ids: JSON.stringify(run_ids), now } }];
}

export async function missDeadlines(database: Database, now: Instant): Promise<number> {
  const tell = `${INSERT} 'on_deadline_missed:' || dag_id || '/' || run_id || '/' || deadline_at, 'on_deadline_missed',
      dag_id, run_id, NULL, NULL, NULL, json_object('deadline_at', deadline_at, 'state', state, 'run_type', run_type), :now, :now
    FROM dag_runs WHERE deadline_check_at <= :now ON CONFLICT DO NOTHING`;
  const mark = "UPDATE dag_runs SET deadline_missed_at = :now, deadline_check_at = NULL WHERE deadline_check_at <= :now";
  const [, marked] = await database.$client.batch(
    [
      { sql: tell, args: { now } },
      { sql: mark, args: { now } },
    ],
    "write",
  );
  return marked?.rowsAffected ?? 0;
}
