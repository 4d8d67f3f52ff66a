import type { DagDefinition } from "../../../../shared/dag/dag.ts";
import { rootsOf } from "../../../../shared/dag/dagGraph.ts";
import type { Instant } from "../../../../shared/domain/instant.ts";
import { CLAIMABLE, NOT_PAUSED, type Statement } from "./statements.ts";

/** Queued runs of a DAG that may start: a backfill has its own max_active_runs and its own order. */
const STARTABLE = `WITH active AS (
    SELECT backfill_id, count(*) AS runs FROM dag_runs WHERE dag_id = :dag_id AND state = 'running' GROUP BY backfill_id),
  waiting AS (
    SELECT r.run_id, coalesce(b.max_active_runs, :max_active_runs) - coalesce(a.runs, 0) AS free, row_number() OVER (
      PARTITION BY r.backfill_id ORDER BY r.backfill_index, r.data_interval_end, r.queued_at, r.run_id) AS place
    FROM dag_runs r LEFT JOIN backfills b ON b.id = r.backfill_id LEFT JOIN active a ON a.backfill_id IS r.backfill_id
    WHERE r.dag_id = :dag_id AND r.state = 'queued' AND coalesce(b.is_paused, 0) = 0 AND ${NOT_PAUSED("r")})`;
const IS_STARTABLE = "run_id IN (SELECT run_id FROM waiting WHERE place <= free)";

/**
 * Starts waiting runs, oldest data interval first, while fewer than max_active_runs run. A backfill neither holds up the schedule nor
 * waits for it. Returns what is due of them: the tasks that wait already, of a run that is opened again (first statement), and the
 * roots (last statement).
 */
export function startRuns(dag: DagDefinition, now: Instant): readonly [Statement, Statement, Statement] {
  const reopened = `${STARTABLE} SELECT run_id, task_id, map_key, 'queued' AS state FROM task_instances
    WHERE dag_id = :dag_id AND ${IS_STARTABLE} AND state IN ${CLAIMABLE} AND not_before <= :now`;
  const start = `${STARTABLE} UPDATE dag_runs SET state = 'running', start_date = :now
    WHERE dag_id = :dag_id AND state = 'queued' AND ${IS_STARTABLE}`;
  const queue = `UPDATE task_instances SET state = 'queued', not_before = :now
    WHERE dag_id = :dag_id AND run_id IN (SELECT run_id FROM dag_runs WHERE dag_id = :dag_id AND state = 'running')
      AND task_id IN (SELECT value FROM json_each(:roots)) AND state = 'none'
    RETURNING run_id, task_id, map_key, state`;
  const limits = { dag_id: dag.dag_id, max_active_runs: dag.max_active_runs, now };
  return [
    { sql: reopened, args: limits },
    { sql: start, args: limits },
    { sql: queue, args: { dag_id: dag.dag_id, roots: JSON.stringify(rootsOf(dag)), now } },
  ];
}
