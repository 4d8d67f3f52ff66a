import type { TaskKey } from "../../../shared/contracts/dags.ts";
import type { DagDefinition } from "../../../shared/domain/dag.ts";
import { canonicalJson } from "../../../shared/domain/hash.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import type { CreatedRun, DueQuery, DueWork, ExpiredLease, NewRun } from "../../../shared/ports/ledger.ts";
import type { Database } from "./database.ts";
import { toDagRun } from "./ledgerQueries.ts";
import { queuedTasks } from "./ledgerSettle.ts";
import { ACTIVE, CLAIMABLE, IS_RUN, type Statement, startRuns } from "./ledgerStatements.ts";
import { type RowReader, readRow } from "./readRow.ts";

export async function createRun(database: Database, dag: DagDefinition, run: NewRun, now: Instant): Promise<CreatedRun> {
  const statements = [insertRun(run, now), insertTasks(run), ...startRuns(dag, now), selectRun(run)];
  const [inserted, , , queued, stored] = await database.$client.batch(statements, "write");
  return {
    run: toDagRun(readRow(stored?.rows[0])),
    created: (inserted?.rows.length ?? 0) > 0,
    queued: queuedTasks(dag.dag_id, queued?.rows ?? []),
  };
}

export async function startWaitingRuns(database: Database, dag: DagDefinition, now: Instant): Promise<TaskKey[]> {
  const [, queued] = await database.$client.batch([...startRuns(dag, now)], "write");
  return queuedTasks(dag.dag_id, queued?.rows ?? []);
}

/** Everything that a sweep looks at, in one round trip. */
export async function findDue(database: Database, query: DueQuery): Promise<DueWork> {
  const { now, limit } = query;
  const dags = JSON.stringify(query.dag_ids);
  const [tasks, expired, stalled, waiting, next] = await database.$client.batch(
    [
      { sql: DUE_TASKS, args: { dags, now, limit } },
      { sql: EXPIRED_LEASES, args: { dags, now, limit } },
      { sql: STALLED_RUNS, args: { dags, limit } },
      { sql: WAITING_DAGS, args: { dags } },
      { sql: NEXT_DUE, args: { dags, now } },
    ],
    "read",
  );
  return {
    tasks: (tasks?.rows ?? []).map((row) => toKey(readRow(row))),
    expired: (expired?.rows ?? []).map((row) => toExpiredLease(readRow(row))),
    stalled: (stalled?.rows ?? []).map((row) => ({ dag_id: readRow(row).text("dag_id"), run_id: readRow(row).text("run_id") })),
    waiting: (waiting?.rows ?? []).map((row) => ({ dag_id: readRow(row).text("dag_id"), running: readRow(row).integer("running") })),
    next_due_at: readRow(next?.rows[0]).integerOrNull("due_at"),
  };
}

const KNOWN_DAG = "dag_id IN (SELECT value FROM json_each(:dags))";

const DUE_TASKS = `SELECT dag_id, run_id, task_id, map_key FROM task_instances
  WHERE state IN ${CLAIMABLE} AND not_before <= :now AND ${KNOWN_DAG} ORDER BY not_before, dag_id, run_id, task_id, map_key LIMIT :limit`;

const EXPIRED_LEASES = `SELECT dag_id, run_id, task_id, map_key, lease_token, try_number, max_tries, takeovers FROM task_instances
  WHERE state = 'running' AND lease_until <= :now AND ${KNOWN_DAG} ORDER BY lease_until LIMIT :limit`;

const STALLED_RUNS = `SELECT dag_id, run_id FROM dag_runs WHERE state = 'running' AND ${KNOWN_DAG} AND NOT EXISTS (
  SELECT 1 FROM task_instances t WHERE t.dag_id = dag_runs.dag_id AND t.run_id = dag_runs.run_id AND t.state IN ${ACTIVE}) LIMIT :limit`;

const WAITING_DAGS = `SELECT dag_id, sum(state = 'running') AS running FROM dag_runs
  WHERE state IN ('queued', 'running') AND ${KNOWN_DAG} GROUP BY dag_id HAVING sum(state = 'queued') > 0`;

const NEXT_DUE = `SELECT min(due_at) AS due_at FROM (
  SELECT min(not_before) AS due_at FROM task_instances WHERE state IN ${CLAIMABLE} AND not_before > :now AND ${KNOWN_DAG}
  UNION ALL SELECT min(lease_until) FROM task_instances WHERE state = 'running' AND lease_until > :now AND ${KNOWN_DAG})`;

function insertRun(run: NewRun, now: Instant): Statement {
  return {
    sql: `INSERT INTO dag_runs (dag_id, run_id, run_type, state, data_interval_start, data_interval_end, conf, triggered_by, queued_at)
      VALUES (:dag_id, :run_id, :run_type, 'queued', :start, :end, :conf, :triggered_by, :now)
      ON CONFLICT DO NOTHING RETURNING run_id`,
    args: {
      dag_id: run.dag_id,
      run_id: run.run_id,
      run_type: run.run_type,
      start: run.window.start,
      end: run.window.end,
      conf: canonicalJson(run.conf),
      triggered_by: run.triggered_by,
      now,
    },
  };
}

/** All tasks in one statement. A run that exists keeps its tasks: it has some already. */
function insertTasks(run: NewRun): Statement {
  return {
    sql: `INSERT INTO task_instances (dag_id, run_id, task_id, map_key, state, try_number, max_tries, not_before)
      SELECT :dag_id, :run_id, value ->> 'task_id', value ->> 'map_key', 'none', 0, value ->> 'max_tries', 0 FROM json_each(:tasks)
      WHERE NOT EXISTS (SELECT 1 FROM task_instances WHERE ${IS_RUN})`,
    args: { dag_id: run.dag_id, run_id: run.run_id, tasks: JSON.stringify(run.tasks) },
  };
}

function selectRun(run: NewRun): Statement {
  return { sql: `SELECT * FROM dag_runs WHERE ${IS_RUN}`, args: { dag_id: run.dag_id, run_id: run.run_id } };
}

function toKey(row: RowReader): TaskKey {
  return { dag_id: row.text("dag_id"), run_id: row.text("run_id"), task_id: row.text("task_id"), map_key: row.text("map_key") };
}

function toExpiredLease(row: RowReader): ExpiredLease {
  return {
    lease: { key: toKey(row), token: row.text("lease_token"), try_number: row.integer("try_number") },
    max_tries: row.integer("max_tries"),
    takeovers: row.integer("takeovers"),
  };
}
