import type { TaskKey } from "../../../../shared/contracts/dags.ts";
import type { Pools } from "../../../../shared/dag/pool.ts";
import type { Instant } from "../../../../shared/domain/instant.ts";
import type { DueQuery, DueWork, ExpiredLease } from "../../../../shared/ports/ledger.ts";
import type { LedgerQueries } from "../../../../shared/ports/ledgerQueries.ts";
import type { Database } from "../database.ts";
import { type RowReader, readRow } from "../readRow.ts";
import { dueTasks, poolsJson } from "./pools.ts";
import { ACTIVE, CLAIMABLE, NOT_PAUSED } from "./statements.ts";

/** Everything that a sweep looks at, in one round trip. */
export async function findDue(database: Database, pools: Pools, query: DueQuery): Promise<DueWork> {
  const { now, limit } = query;
  const dags = JSON.stringify(query.dag_ids);
  const [tasks, expired, stalled, waiting, next, backfills, counts] = await database.$client.batch(
    [
      { sql: dueTasks(knownDag("t")), args: { dags, now, limit, pools: poolsJson(pools) } },
      { sql: EXPIRED_LEASES, args: { dags, now, limit } },
      { sql: STALLED_RUNS, args: { dags, limit } },
      { sql: WAITING_RUNS, args: { dags } },
      { sql: NEXT_DUE, args: { dags, now } },
      { sql: OPEN_BACKFILLS, args: { dags, limit } },
      { sql: COUNTS, args: { now } },
    ],
    "read",
  );
  return {
    tasks: (tasks?.rows ?? []).map((row) => toKey(readRow(row))),
    expired: (expired?.rows ?? []).map((row) => toExpiredLease(readRow(row))),
    stalled: (stalled?.rows ?? []).map((row) => ({ dag_id: readRow(row).text("dag_id"), run_id: readRow(row).text("run_id") })),
    waiting: (waiting?.rows ?? []).map((row) => toWaiting(readRow(row))),
    next_due_at: readRow(next?.rows[0]).integerOrNull("due_at"),
    backfill_ids: (backfills?.rows ?? []).map((row) => readRow(row).integer("id")),
    late_runs: readRow(counts?.rows[0]).integer("late_runs"),
    pending_callbacks: readRow(counts?.rows[0]).integer("pending_callbacks"),
  };
}

/** Tasks that want nothing but a worker at :now, and since when the first of them does. */
export const OVERDUE_TASKS = `SELECT count(*) AS count, min(t.not_before) AS oldest_at
  FROM task_instances t JOIN dag_runs r ON r.dag_id = t.dag_id AND r.run_id = t.run_id LEFT JOIN backfills b ON b.id = r.backfill_id
  WHERE t.state IN ${CLAIMABLE} AND t.not_before <= :now AND t.pool IS NULL AND r.state = 'running' AND ${NOT_PAUSED("t")}
    AND coalesce(b.is_paused, 0) = 0`;

export async function readPulse(database: Database, now: Instant): ReturnType<LedgerQueries["pulse"]> {
  const [overdue, scheduled] = await database.$client.batch(
    [
      { sql: OVERDUE_TASKS, args: { now } },
      { sql: "SELECT max(queued_at) AS scheduled_at FROM dag_runs WHERE run_type = 'scheduled'", args: {} },
    ],
    "read",
  );
  return {
    due_since: readRow(overdue?.rows[0]).integerOrNull("oldest_at"),
    scheduled_at: readRow(scheduled?.rows[0]).integerOrNull("scheduled_at"),
  };
}

function knownDag(alias: string): string {
  return `${alias}.dag_id IN (SELECT value FROM json_each(:dags))`;
}

const EXPIRED_LEASES = `SELECT dag_id, run_id, task_id, map_key, lease_token, try_number, max_tries, takeovers FROM task_instances t
  WHERE state = 'running' AND lease_until <= :now AND ${knownDag("t")} ORDER BY lease_until LIMIT :limit`;

const STALLED_RUNS = `SELECT dag_id, run_id FROM dag_runs r WHERE state = 'running' AND ${knownDag("r")} AND NOT EXISTS (
  SELECT 1 FROM task_instances t WHERE t.dag_id = r.dag_id AND t.run_id = r.run_id AND t.state IN ${ACTIVE}) LIMIT :limit`;

const WAITING_RUNS = `SELECT r.dag_id, sum(r.state = 'running') AS running, max(b.max_active_runs) AS max_active_runs
  FROM dag_runs r LEFT JOIN backfills b ON b.id = r.backfill_id
  WHERE r.state IN ('queued', 'running') AND ${knownDag("r")} AND ${NOT_PAUSED("r")} AND coalesce(b.is_paused, 0) = 0
  GROUP BY r.dag_id, r.backfill_id HAVING sum(r.state = 'queued') > 0`;

const NEXT_DUE = `SELECT min(due_at) AS due_at FROM (
  SELECT min(not_before) AS due_at FROM task_instances t WHERE state IN ${CLAIMABLE} AND not_before > :now AND ${knownDag("t")}
  UNION ALL SELECT min(lease_until) FROM task_instances t WHERE state = 'running' AND lease_until > :now AND ${knownDag("t")})`;

/** With room for a further run, or at their end. */
const OPEN_BACKFILLS = `SELECT id FROM (
    SELECT b.*, (SELECT count(*) FROM dag_runs r WHERE r.backfill_id = b.id AND r.state IN ('queued', 'running')) AS active
    FROM backfills b WHERE b.completed_at IS NULL AND b.is_paused = 0 AND ${knownDag("b")} AND ${NOT_PAUSED("b")})
  WHERE CASE WHEN next_index < total THEN active < max_active_runs ELSE active = 0 END ORDER BY id LIMIT :limit`;

const COUNTS = `SELECT (SELECT count(*) FROM dag_runs WHERE deadline_check_at <= :now) AS late_runs,
  (SELECT count(*) FROM callbacks WHERE delivered_at IS NULL AND next_attempt_at <= :now) AS pending_callbacks`;

export function toKey(row: RowReader): TaskKey {
  return { dag_id: row.text("dag_id"), run_id: row.text("run_id"), task_id: row.text("task_id"), map_key: row.text("map_key") };
}

function toExpiredLease(row: RowReader): ExpiredLease {
  return {
    lease: { key: toKey(row), token: row.text("lease_token"), try_number: row.integer("try_number") },
    max_tries: row.integer("max_tries"),
    takeovers: row.integer("takeovers"),
  };
}

function toWaiting(row: RowReader): DueWork["waiting"][number] {
  return { dag_id: row.text("dag_id"), running: row.integer("running"), limit: row.integerOrNull("max_active_runs") };
}
