import type { TaskKey } from "../../../../shared/contracts/dags.ts";
import type { DagDefinition } from "../../../../shared/dag/dag.ts";
import { ancestorsOf, findTask } from "../../../../shared/dag/dagGraph.ts";
import type { Pools } from "../../../../shared/dag/pool.ts";
import type { ClaimedTask, LeaseTerms } from "../../../../shared/ports/ledger.ts";
import type { Database } from "../database.ts";
import { readJson, readRow } from "../readRow.ts";
import { HAS_SLOT, type PoolArgs, poolArgs } from "./pools.ts";
import { CLAIMABLE, IS_RUN, IS_TASK, NOT_PAUSED, type Statement, sameKey } from "./statements.ts";

/**
 * Takes a due task: one round trip that also opens its try and reads what the step needs. A task that comes back from
 * up_for_reschedule goes on with the same try; from the other states a new one begins. The slot of a pool is taken in the same UPDATE,
 * so that two claims cannot both see the last one free.
 */
export async function claimTask(
  database: Database,
  pools: Pools,
  dag: DagDefinition,
  key: TaskKey,
  terms: LeaseTerms,
): Promise<ClaimedTask | null> {
  const pool = poolArgs(pools, findTask(dag, key.task_id)?.pool ?? null);
  const statements = [takeLease(key, terms, pool), openAttempt(key, terms), readRun(key), readUpstream(dag, key, terms)];
  const [claimed, , run, upstream] = await database.$client.batch(statements, "write");
  const task = claimed?.rows[0];
  if (!task) return null;
  const read = readRow(task);
  const interval = readRow(run?.rows[0]);
  return {
    lease: { key, token: terms.token, try_number: read.integer("try_number") },
    max_tries: read.integer("max_tries"),
    first_started_at: read.integer("first_start_date"),
    window: { start: interval.integer("data_interval_start"), end: interval.integer("data_interval_end") },
    conf: interval.facts("conf") ?? {},
    cursor: read.facts("cursor"),
    upstream: (upstream?.rows ?? []).map((row) => ({
      task_id: readRow(row).text("task_id"),
      map_key: readRow(row).text("map_key"),
      report: readJson(row["report"]) ?? {},
    })),
  };
}

function takeLease(key: TaskKey, terms: LeaseTerms, pool: PoolArgs): Statement {
  return {
    sql: `UPDATE task_instances SET state = 'running', lease_token = :token, lease_until = :lease_until,
        try_number = try_number + (state <> 'up_for_reschedule'),
        start_date = CASE WHEN state = 'up_for_reschedule' THEN start_date ELSE :now END, end_date = NULL, pool = :pool,
        first_start_date = coalesce(first_start_date, :now)
      WHERE ${IS_TASK} AND state IN ${CLAIMABLE} AND not_before <= :now
        AND EXISTS (SELECT 1 FROM dag_runs WHERE ${IS_RUN} AND state = 'running')
        AND ${NOT_PAUSED("task_instances")} AND ${HAS_SLOT}
      RETURNING try_number, max_tries, cursor, first_start_date`,
    args: { ...key, ...pool, token: terms.token, lease_until: terms.lease_until, now: terms.now },
  };
}

function openAttempt(key: TaskKey, terms: LeaseTerms): Statement {
  return {
    sql: `INSERT INTO task_attempts (dag_id, run_id, task_id, map_key, try_number, state, start_date)
      SELECT dag_id, run_id, task_id, map_key, try_number, 'running', :now FROM task_instances
      WHERE ${IS_TASK} AND lease_token = :token
      ON CONFLICT DO UPDATE SET state = 'running'`,
    args: { ...key, token: terms.token, now: terms.now },
  };
}

function readRun(key: TaskKey): Statement {
  return {
    sql: `SELECT data_interval_start, data_interval_end, conf FROM dag_runs WHERE ${IS_RUN}`,
    args: { dag_id: key.dag_id, run_id: key.run_id },
  };
}

function readUpstream(dag: DagDefinition, key: TaskKey, terms: LeaseTerms): Statement {
  const task = findTask(dag, key.task_id);
  const ancestors = [...ancestorsOf(dag, key.task_id)];
  const same_key = task ? sameKey(dag, task, ancestors, "u", ":map_key") : { sql: "", args: {} };
  return {
    sql: `SELECT task_id, map_key, report FROM task_instances u
      WHERE ${IS_RUN} AND task_id IN (SELECT value FROM json_each(:ancestors)) AND state = 'success'
        ${same_key.sql}
        AND EXISTS (SELECT 1 FROM task_instances WHERE ${IS_TASK} AND lease_token = :token)
      ORDER BY task_id, map_key`,
    args: { ...key, token: terms.token, ancestors: JSON.stringify(ancestors), ...same_key.args },
  };
}
