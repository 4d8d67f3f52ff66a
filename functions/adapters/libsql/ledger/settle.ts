import type { ResultSet } from "@libsql/client/web";
import type { TaskKey } from "../../../../shared/contracts/dags.ts";
import type { DagDefinition } from "../../../../shared/dag/dag.ts";
import { affectedBy, findTask, topologicalOrder } from "../../../../shared/dag/dagGraph.ts";
import type { Pools } from "../../../../shared/dag/pool.ts";
import { isTerminal, type RunState, type TaskState } from "../../../../shared/dag/taskState.ts";
import type { Instant } from "../../../../shared/domain/instant.ts";
import type { BlockSettlement, EndedTask, Progress } from "../../../../shared/ports/ledger.ts";
import type { Database } from "../database.ts";
import { effectStatements } from "../effects.ts";
import { readRow } from "../readRow.ts";
import { runCallbacks, taskCallback } from "./callbacks.ts";
import { nextInPool } from "./pools.ts";
import { startRuns } from "./start.ts";
import { addNewTasks, applyTriggerRule, endRuns, removeUnknownTasks, type Statement } from "./statements.ts";

/** The newest this much of a try's log is kept. */
const MAX_LOG_CHARACTERS = 65_536;

/**
 * Of a row `task_instances`, that it is the task of the row `s` of json_each(:ended), held by its lease. All of its key comes from `s`: were
 * the DAG an argument, SQLite would go over all rows of the DAG and look for each of them in the list.
 */
const HELD = `task_instances.dag_id = s.value ->> 'dag_id' AND task_instances.run_id = s.value ->> 'run_id'
  AND task_instances.task_id = s.value ->> 'task_id' AND task_instances.map_key = s.value ->> 'map_key'
  AND task_instances.state = 'running' AND task_instances.lease_token = s.value ->> 'token' AND task_instances.lease_until <= :lease_limit`;

/**
 * Writes how a slice ended, of one run or of a block of several: with their tries, what the step prepared, and everything that follows from
 * it, in one transaction. Null: a lease was lost, and nothing was written, of none of them.
 */
export async function settleTasks(
  database: Database,
  pools: Pools,
  dag: DagDefinition,
  settlement: BlockSettlement,
): Promise<Progress | null> {
  const { ended, now } = settlement;
  const [first] = ended;
  if (!first) return null;
  const effects = effectStatements(ended.flatMap((one) => one.effects ?? []));
  const told = ended.flatMap(({ lease, callbacks = [] }) => callbacks.map((kind) => taskCallback(kind, lease, now)));
  const done = ended.filter(({ ending }) => isTerminal(ending.state)).map(({ lease }) => lease.key.run_id);
  const consequences = [
    ...told,
    ...(done.length > 0 ? followingStatements(dag, first.lease.key, done, now) : []),
    ...freedSlot(pools, dag, first.lease.key, now),
  ];
  const args = endedArgs(settlement);
  // Without effects, a single task whose lease was lost changes nothing, and that the rules are applied is harmless: they read stored states.
  const fence = effects.length > 0 || ended.length > 1 ? [{ sql: REQUIRE_LEASES, args: { ...args, count: ended.length } }] : [];
  const changes = [
    { sql: CLOSE_ATTEMPTS, args },
    { sql: CHANGE_TASKS, args },
  ];
  const results = await unlessLeaseLost(database.$client.batch([...fence, ...effects, ...changes, ...consequences], "write"));
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
    addNewTasks(dag, run_id),
    ...topologicalOrder(dag.tasks).map((task) => applyTriggerRule(dag, task, [run_id], now)),
    endRuns(dag, [run_id], now),
    ...runCallbacks(dag, [run_id], now),
    ...startRuns(dag, now),
  ];
}

/** What follows from the end of the task `key` in each of the runs. */
function followingStatements(dag: DagDefinition, key: TaskKey, run_ids: readonly string[], now: Instant): Statement[] {
  const rules = affectedBy(dag, key.task_id).map(({ task, same_key }) =>
    applyTriggerRule(dag, task, run_ids, now, same_key ? key.map_key : undefined),
  );
  return [...rules, endRuns(dag, run_ids, now), ...runCallbacks(dag, run_ids, now), ...startRuns(dag, now)];
}

/** Whoever waits for a slot that this task held: after its state has changed. */
function freedSlot(pools: Pools, dag: DagDefinition, key: TaskKey, now: Instant): Statement[] {
  const pool = findTask(dag, key.task_id)?.pool ?? null;
  return pool !== null && pools[pool] ? [nextInPool(pools, pool, now, key)] : [];
}

/**
 * The effects are the adapters' own statements, without a condition on the lease: so a settlement that lost one must undo them. SQLite
 * has no RAISE outside triggers; json() of what is not JSON is an error as well, and takes the whole batch back.
 */
const REQUIRE_LEASES = `SELECT json(CASE WHEN :count = (SELECT count(*) FROM json_each(:ended) s CROSS JOIN task_instances WHERE ${HELD})
  THEN 'true' ELSE 'a lease was lost' END)`;

/** Effects read JSON that their adapters have just written: the fence alone can find it malformed. */
async function unlessLeaseLost(batch: Promise<ResultSet[]>): Promise<ResultSet[] | null> {
  try {
    return await batch;
  } catch (error) {
    if (error instanceof Error && /malformed JSON/i.test(error.message)) return null;
    throw error;
  }
}

/** Before the change of the tasks: they must still be held for this to be written. */
const CLOSE_ATTEMPTS = `UPDATE task_attempts SET state = s.value ->> 'try_state', end_date = s.value ->> 'try_end', error = s.value ->> 'error',
    report = coalesce(s.value ->> 'report', report), log = substr(log || (s.value ->> 'log'), ${-MAX_LOG_CHARACTERS})
  FROM json_each(:ended) s
  WHERE task_attempts.dag_id = s.value ->> 'dag_id' AND task_attempts.run_id = s.value ->> 'run_id' AND task_attempts.task_id = s.value ->> 'task_id'
    AND task_attempts.map_key = s.value ->> 'map_key' AND task_attempts.try_number = s.value ->> 'try_number'
    AND EXISTS (SELECT 1 FROM task_instances WHERE ${HELD})`;

const CHANGE_TASKS = `UPDATE task_instances SET state = s.value ->> 'state', lease_token = NULL, lease_until = NULL,
    not_before = coalesce(s.value ->> 'not_before', not_before),
    cursor = CASE WHEN s.value ->> 'is_failure' THEN cursor ELSE s.value ->> 'cursor' END,
    report = CASE WHEN s.value ->> 'is_failure' THEN report ELSE s.value ->> 'report' END,
    note = s.value ->> 'note', end_date = s.value ->> 'end_date', max_tries = max_tries + (s.value ->> 'is_takeover'),
    takeovers = CASE WHEN s.value ->> 'is_failure' THEN takeovers + (s.value ->> 'is_takeover') ELSE 0 END
  FROM json_each(:ended) s WHERE ${HELD} RETURNING task_id`;

function endedArgs({ ended, now, only_if_expired }: BlockSettlement) {
  const lease_limit = only_if_expired ? now : Number.MAX_SAFE_INTEGER;
  return { ended: JSON.stringify(ended.map((one) => endedTask(one, now))), lease_limit };
}

/** What the task and its try become. JSON in it stands as the text that is stored. */
function endedTask({ lease, ending, log }: EndedTask, now: Instant) {
  return {
    ...{ ...lease.key, token: lease.token, try_number: lease.try_number },
    ...{ state: ending.state, end_date: isTerminal(ending.state) ? now : null },
    // As in Airflow's list of tries, a try that is tried again has failed; only the task is up_for_retry.
    try_state: ending.state === "up_for_retry" ? "failed" : ending.state,
    try_end: ending.state === "up_for_reschedule" ? null : now,
    is_failure: "error" in ending ? 1 : 0,
    is_takeover: ending.state === "up_for_retry" && ending.is_takeover ? 1 : 0,
    error: "error" in ending ? stored(ending.error) : null,
    log: log.toWellFormed(),
    // What the task keeps for its next slice and for its downstreams.
    cursor: "cursor" in ending && ending.cursor ? stored(ending.cursor) : null,
    report: "report" in ending ? stored(ending.report) : null,
    note: "note" in ending ? (ending.note?.toWellFormed() ?? null) : null,
    not_before: "not_before" in ending ? ending.not_before : null,
  };
}

function stored(value: unknown): string {
  return JSON.stringify(value);
}

/** Rows of tasks name the tasks that changed; a row without a task is a run that ended. Runs of one block are of one backfill. */
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
