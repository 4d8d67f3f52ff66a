import type { ResultSet } from "@libsql/client/web";
import type { TaskKey } from "../../../../shared/contracts/dags.ts";
import type { DagDefinition } from "../../../../shared/dag/dag.ts";
import { affectedBy, findTask, topologicalOrder } from "../../../../shared/dag/dagGraph.ts";
import type { Pools } from "../../../../shared/dag/pool.ts";
import { isTerminal, type RunState, type TaskState } from "../../../../shared/dag/taskState.ts";
import type { Instant } from "../../../../shared/domain/instant.ts";
import type { Lease, Progress, Settlement, TaskEnding } from "../../../../shared/ports/ledger.ts";
import type { Database } from "../database.ts";
import { effectStatements } from "../effects.ts";
import { readRow } from "../readRow.ts";
import { runCallback, taskCallback } from "./callbacks.ts";
import { nextInPool } from "./pools.ts";
import { startRuns } from "./start.ts";
import { applyTriggerRule, endRun, IS_TASK, removeUnknownTasks, type Statement } from "./statements.ts";

/** The newest this much of a try's log is kept. */
const MAX_LOG_CHARACTERS = 65_536;

const HELD = `${IS_TASK} AND state = 'running' AND lease_token = :token AND lease_until <= :lease_limit`;

/**
 * Writes how a slice ended, with its try, what the step prepared, and everything that follows from it, in one transaction. Null: the
 * lease was lost, and nothing was written.
 */
export async function settleTask(
  database: Database,
  pools: Pools,
  dag: DagDefinition,
  lease: Lease,
  settlement: Settlement,
): Promise<Progress | null> {
  const { ending, now } = settlement;
  const effects = effectStatements(settlement.effects ?? []);
  const changes = [closeAttempt(lease, settlement), changeTask(lease, settlement)];
  const consequences = [
    ...(settlement.callbacks ?? []).map((kind) => taskCallback(kind, lease, now)),
    ...(isTerminal(ending.state) ? followingStatements(dag, lease.key, now) : []),
    ...freedSlot(pools, dag, lease.key, now),
  ];
  const fence = effects.length > 0 ? [requireLease(lease, settlement)] : [];
  const results = await unlessLeaseLost(database.$client.batch([...fence, ...effects, ...changes, ...consequences], "write"));
  // Without effects, the rules are applied even if the lease was lost. That is harmless: they only read stored states.
  const own = fence.length + effects.length;
  return results?.[own + 1]?.rows.length ? readProgress(dag.dag_id, results.slice(own + 2)) : null;
}

/** Applies the rules to a whole run: what a change of the DAG's definition makes necessary. */
export async function evaluateRun(database: Database, dag: DagDefinition, run_id: string, now: Instant): Promise<Progress> {
  return readProgress(dag.dag_id, await database.$client.batch(evaluateStatements(dag, run_id, now), "write"));
}

function evaluateStatements(dag: DagDefinition, run_id: string, now: Instant): Statement[] {
  return [
    removeUnknownTasks(dag, run_id, now),
    ...topologicalOrder(dag.tasks).map((task) => applyTriggerRule(dag, task, run_id, now)),
    endRun(dag, run_id, now),
    ...runCallback(dag, run_id, now),
    ...startRuns(dag, now),
  ];
}

function followingStatements(dag: DagDefinition, key: TaskKey, now: Instant): Statement[] {
  const rules = affectedBy(dag, key.task_id).map(({ task, same_key }) =>
    applyTriggerRule(dag, task, key.run_id, now, same_key ? key.map_key : undefined),
  );
  return [...rules, endRun(dag, key.run_id, now), ...runCallback(dag, key.run_id, now), ...startRuns(dag, now)];
}

/** Whoever waits for a slot that this task held: after its state has changed. */
function freedSlot(pools: Pools, dag: DagDefinition, key: TaskKey, now: Instant): Statement[] {
  const pool = findTask(dag, key.task_id)?.pool ?? null;
  return pool !== null && pools[pool] ? [nextInPool(pools, pool, now, key)] : [];
}

/**
 * The effects are the adapters' own statements, without a condition on the lease: so a settlement that lost it must undo them. SQLite
 * has no RAISE outside triggers; json() of what is not JSON is an error as well, and takes the whole batch back.
 */
function requireLease(lease: Lease, settlement: Settlement): Statement {
  return {
    sql: `SELECT json(CASE WHEN EXISTS (SELECT 1 FROM task_instances WHERE ${HELD}) THEN 'true' ELSE 'the lease was lost' END)`,
    args: { ...lease.key, ...holds(lease, settlement) },
  };
}

/** Effects read JSON that their adapters have just written: the fence alone can find it malformed. */
async function unlessLeaseLost(batch: Promise<ResultSet[]>): Promise<ResultSet[] | null> {
  try {
    return await batch;
  } catch (error) {
    if (error instanceof Error && /malformed JSON/i.test(error.message)) return null;
    throw error;
  }
}

/** Before the change of the task: it must still hold the lease for this to be written. */
function closeAttempt(lease: Lease, settlement: Settlement): Statement {
  const { ending, now } = settlement;
  const is_open = ending.state === "up_for_reschedule";
  return {
    sql: `UPDATE task_attempts SET state = :state, end_date = :end_date, error = :error, report = coalesce(:report, report),
        log = substr(log || :log, ${-MAX_LOG_CHARACTERS})
      WHERE ${IS_TASK} AND try_number = :try_number AND EXISTS (SELECT 1 FROM task_instances WHERE ${HELD})`,
    args: {
      ...lease.key,
      try_number: lease.try_number,
      // As in Airflow's list of tries, a try that is tried again has failed; only the task is up_for_retry.
      state: ending.state === "up_for_retry" ? "failed" : ending.state,
      end_date: is_open ? null : now,
      error: "error" in ending ? JSON.stringify(ending.error) : null,
      report: "report" in ending ? JSON.stringify(ending.report) : null,
      log: settlement.log,
      ...holds(lease, settlement),
    },
  };
}

function changeTask(lease: Lease, settlement: Settlement): Statement {
  const { ending, now } = settlement;
  return {
    sql: `UPDATE task_instances SET state = :state, lease_token = NULL, lease_until = NULL, not_before = coalesce(:not_before, not_before),
        cursor = CASE WHEN :is_failure THEN cursor ELSE :cursor END, report = CASE WHEN :is_failure THEN report ELSE :report END,
        note = :note, end_date = :end_date, max_tries = max_tries + :is_takeover,
        takeovers = CASE WHEN :is_failure THEN takeovers + :is_takeover ELSE 0 END
      WHERE ${HELD} RETURNING task_id`,
    args: {
      ...lease.key,
      ...holds(lease, settlement),
      state: ending.state,
      is_failure: "error" in ending ? 1 : 0,
      is_takeover: ending.state === "up_for_retry" && ending.is_takeover ? 1 : 0,
      end_date: isTerminal(ending.state) ? now : null,
      ...remains(ending),
    },
  };
}

function holds(lease: Lease, settlement: Settlement): { token: string; lease_limit: number } {
  return { token: lease.token, lease_limit: settlement.only_if_expired ? settlement.now : Number.MAX_SAFE_INTEGER };
}

/** What the task keeps for its next slice and for its downstreams. */
function remains(ending: TaskEnding): { cursor: string | null; report: string | null; note: string | null; not_before: number | null } {
  return {
    cursor: "cursor" in ending && ending.cursor ? JSON.stringify(ending.cursor) : null,
    report: "report" in ending ? JSON.stringify(ending.report) : null,
    note: "note" in ending ? (ending.note ?? null) : null,
    not_before: "not_before" in ending ? ending.not_before : null,
  };
}

/** Rows of tasks name the tasks that changed; a row without a task is the run that ended. */
function readProgress(dag_id: string, results: readonly ResultSet[]): Progress {
  const rows = results.flatMap((result) => result.rows);
  const row = rows.find((candidate) => candidate["task_id"] === undefined);
  const ended = row ? readRow(row) : null;
  return {
    queued: queuedTasks(dag_id, rows),
    run_ended: ended ? (ended.text("state") as RunState) : null,
    backfill_id: ended?.integerOrNull("backfill_id") ?? null,
  };
}

/** Tasks that are due, each once. Those of a pool may be of other DAGs, and say which. */
export function queuedTasks(dag_id: string, rows: ResultSet["rows"]): TaskKey[] {
  const keys = rows
    .filter((row) => row["task_id"] !== undefined && (row["state"] as TaskState) === "queued")
    .map((row) => ({
      dag_id: row["dag_id"] === undefined ? dag_id : readRow(row).text("dag_id"),
      run_id: readRow(row).text("run_id"),
      task_id: readRow(row).text("task_id"),
      map_key: readRow(row).text("map_key"),
    }));
  return [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
}
