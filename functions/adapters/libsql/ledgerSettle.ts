import type { ResultSet } from "@libsql/client/web";
import type { TaskKey } from "../../../shared/contracts/dags.ts";
import type { DagDefinition } from "../../../shared/domain/dag.ts";
import { affectedBy, topologicalOrder } from "../../../shared/domain/dagGraph.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import { isTerminal, type RunState, type TaskState } from "../../../shared/domain/taskState.ts";
import type { Lease, Progress, Settlement, TaskEnding } from "../../../shared/ports/ledger.ts";
import type { Database } from "./database.ts";
import { applyTriggerRule, endRun, IS_TASK, removeUnknownTasks, type Statement, startRuns } from "./ledgerStatements.ts";
import { readRow } from "./readRow.ts";

/** The newest this much of a try's log is kept. */
const MAX_LOG_CHARACTERS = 65_536;

const HELD = `${IS_TASK} AND state = 'running' AND lease_token = :token AND lease_until <= :lease_limit`;

/** Writes how a slice ended, with its try, and everything that follows from it, in one transaction. Null: the lease was lost. */
export async function settleTask(database: Database, dag: DagDefinition, lease: Lease, settlement: Settlement): Promise<Progress | null> {
  const { ending, now } = settlement;
  const consequences = isTerminal(ending.state) ? followingStatements(dag, lease.key, now) : [];
  const statements = [closeAttempt(lease, settlement), changeTask(lease, settlement), ...consequences];
  const [, changed, ...rest] = await database.$client.batch(statements, "write");
  // The consequences are written even when the lease was lost: they only apply the rules to what is stored, which is always right.
  return changed?.rows.length ? readProgress(dag.dag_id, rest) : null;
}

/** Applies the rules to a whole run: what a change of the DAG's definition makes necessary. */
export async function evaluateRun(database: Database, dag: DagDefinition, run_id: string, now: Instant): Promise<Progress> {
  const run = { dag_id: dag.dag_id, run_id };
  const results = await database.$client.batch(
    [
      removeUnknownTasks(dag, run_id, now),
      ...topologicalOrder(dag.tasks).map((task) => applyTriggerRule(task, run, now)),
      endRun(dag, run_id, now),
      ...startRuns(dag, now),
    ],
    "write",
  );
  return readProgress(dag.dag_id, results);
}

function followingStatements(dag: DagDefinition, key: TaskKey, now: Instant): Statement[] {
  const rules = affectedBy(dag, key.task_id).map(({ task, same_key }) =>
    applyTriggerRule(task, key, now, same_key ? key.map_key : undefined),
  );
  return [...rules, endRun(dag, key.run_id, now), ...startRuns(dag, now)];
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
    note: ending.state === "skipped" ? ending.note : null,
    not_before: "not_before" in ending ? ending.not_before : null,
  };
}

/** Rows of tasks name the tasks that changed; a row without a task is the run that ended. */
function readProgress(dag_id: string, results: readonly ResultSet[]): Progress {
  const rows = results.flatMap((result) => result.rows);
  const ended = rows.find((row) => row["task_id"] === undefined);
  return { queued: queuedTasks(dag_id, rows), run_ended: ended ? (readRow(ended).text("state") as RunState) : null };
}

export function queuedTasks(dag_id: string, rows: ResultSet["rows"]): TaskKey[] {
  return rows
    .filter((row) => row["task_id"] !== undefined && (row["state"] as TaskState) === "queued")
    .map((row) => ({
      dag_id,
      run_id: readRow(row).text("run_id"),
      task_id: readRow(row).text("task_id"),
      map_key: readRow(row).text("map_key"),
    }));
}
