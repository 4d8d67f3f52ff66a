import type { ResultSet } from "@libsql/client/web";
import type { TaskKey } from "../../../../shared/contracts/dags.ts";
import type { DagDefinition } from "../../../../shared/dag/dag.ts";
import { ancestorsOf, findTask } from "../../../../shared/dag/dagGraph.ts";
import type { Pools } from "../../../../shared/dag/pool.ts";
import type { ClaimedBlock, ClaimedTask, LeaseTerms, UpstreamReport } from "../../../../shared/ports/ledger.ts";
import type { Database } from "../database.ts";
import { readJson, readRow } from "../readRow.ts";
import { HAS_SLOT, type PoolArgs, poolArgs } from "./pools.ts";
import { CLAIMABLE, NOT_PAUSED, type Statement, sameKey } from "./statements.ts";

/**
 * Takes a due task: one round trip that also opens its try and reads what the step needs. A task that comes back from
 * up_for_reschedule goes on with the same try; from the other states a new one begins. The slot of a pool is taken in the same UPDATE,
 * so that two claims cannot both see the last one free.
 *
 * With `wanted_ms`, the same task of other runs of the backfill is taken with it, under the same lease. Only those that begin, in a block
 * that has failed or lost its worker each is on its own: so what one of them does wrong is found to be its own.
 */
export async function claimTasks(
  database: Database,
  pools: Pools,
  dag: DagDefinition,
  key: TaskKey,
  terms: LeaseTerms,
  wanted_ms: number | null,
): Promise<ClaimedBlock> {
  const pool = poolArgs(pools, findTask(dag, key.task_id)?.pool ?? null);
  // Where a waiting task keeps its slot, those of a block would each need one as soon as they wait or have lost their worker.
  const block_ms = pool.include_deferred ? null : wanted_ms;
  const statements = [takeLeases(key, terms, pool, block_ms), openAttempts(terms), readClaimed(terms), readUpstream(dag, key, terms)];
  const following = block_ms === null ? [] : [readNext(key, terms, pool)];
  const [, , claimed, upstream, next] = await database.$client.batch([...statements, ...following], "write");
  const reports = readReports(upstream);
  const tasks = (claimed?.rows ?? []).map((row) => toClaimed(key, terms, row, reports));
  const [other] = tasks.length > 0 ? (next?.rows ?? []) : [];
  return { tasks, next: other ? { ...key, run_id: readRow(other).text("run_id") } : null };
}

/** Tasks that a block may be made of, and where its runs are in the backfill. `reach`: of how long an interval it is with this one. */
const BLOCK = `WITH fresh AS (
    SELECT t.run_id, sum(r.data_interval_end - r.data_interval_start) OVER by_turn AS reach, row_number() OVER by_turn AS place
    FROM task_instances t JOIN dag_runs r ON r.dag_id = t.dag_id AND r.run_id = t.run_id
    WHERE t.state = 'queued' AND t.not_before <= :now AND t.takeovers = 0 AND t.cursor IS NULL
      AND t.dag_id = :dag_id AND t.task_id = :task_id AND t.map_key = :map_key AND r.state = 'running'
      AND r.backfill_id = (SELECT backfill_id FROM dag_runs WHERE dag_id = :dag_id AND run_id = :run_id)
    WINDOW by_turn AS (ORDER BY r.backfill_index, t.run_id))`;
const IN_BLOCK = `run_id IN (
  SELECT run_id FROM fresh WHERE (place = 1 OR reach <= :block_ms) AND EXISTS (SELECT 1 FROM fresh WHERE run_id = :run_id)
  UNION ALL SELECT :run_id WHERE NOT EXISTS (SELECT 1 FROM fresh WHERE run_id = :run_id))`;

function takeLeases(key: TaskKey, terms: LeaseTerms, pool: PoolArgs, block_ms: number | null): Statement {
  return {
    sql: `${block_ms === null ? "" : BLOCK} UPDATE task_instances SET state = 'running', lease_token = :token, lease_until = :lease_until,
        try_number = try_number + (state <> 'up_for_reschedule'),
        start_date = CASE WHEN state = 'up_for_reschedule' THEN start_date ELSE :now END, end_date = NULL, pool = :pool,
        first_start_date = coalesce(first_start_date, :now)
      WHERE dag_id = :dag_id AND ${block_ms === null ? "run_id = :run_id" : IN_BLOCK} AND task_id = :task_id AND map_key = :map_key
        AND state IN ${CLAIMABLE} AND not_before <= :now
        AND EXISTS (SELECT 1 FROM dag_runs r WHERE r.dag_id = task_instances.dag_id AND r.run_id = task_instances.run_id AND r.state = 'running')
        AND ${NOT_PAUSED("task_instances")} AND ${HAS_SLOT}`,
    args: { ...key, ...pool, ...(block_ms === null ? {} : { block_ms }), ...terms },
  };
}

/** What this claim has taken: found by its time, since a token has no index. */
const TAKEN = "t.state = 'running' AND t.lease_until = :lease_until AND t.lease_token = :token";

function openAttempts({ token, lease_until, now }: LeaseTerms): Statement {
  return {
    sql: `INSERT INTO task_attempts (dag_id, run_id, task_id, map_key, try_number, state, start_date)
      SELECT dag_id, run_id, task_id, map_key, try_number, 'running', :now FROM task_instances t WHERE ${TAKEN}
      ON CONFLICT DO UPDATE SET state = 'running'`,
    args: { token, lease_until, now },
  };
}

function readClaimed({ token, lease_until }: LeaseTerms): Statement {
  return {
    sql: `SELECT t.run_id, t.try_number, t.max_tries, t.cursor, t.first_start_date, r.data_interval_start, r.data_interval_end, r.conf
      FROM task_instances t JOIN dag_runs r ON r.dag_id = t.dag_id AND r.run_id = t.run_id WHERE ${TAKEN} ORDER BY r.backfill_index, t.run_id`,
    args: { token, lease_until },
  };
}

function readUpstream(dag: DagDefinition, key: TaskKey, { token, lease_until }: LeaseTerms): Statement {
  const task = findTask(dag, key.task_id);
  const ancestors = [...ancestorsOf(dag, key.task_id)];
  const same_key = task ? sameKey(dag, task, ancestors, "u", "t.map_key") : { sql: "", args: {} };
  return {
    sql: `SELECT u.run_id, u.task_id, u.map_key, u.report FROM task_instances t
      JOIN task_instances u ON u.dag_id = t.dag_id AND u.run_id = t.run_id AND u.task_id IN (SELECT value FROM json_each(:ancestors))
      WHERE ${TAKEN} AND u.state = 'success' ${same_key.sql} ORDER BY u.task_id, u.map_key`,
    args: { token, lease_until, ancestors: JSON.stringify(ancestors), ...same_key.args },
  };
}

/** Whoever is due at the same task with the same key, and may have a slot: hints of a block are sent for one of it (sendHints). */
function readNext(key: TaskKey, { now }: LeaseTerms, pool: PoolArgs): Statement {
  const { dag_id, task_id, map_key } = key;
  return {
    sql: `SELECT r.run_id FROM dag_runs r CROSS JOIN task_instances ON task_instances.dag_id = r.dag_id AND task_instances.run_id = r.run_id
        AND task_instances.task_id = :task_id AND task_instances.map_key = :map_key
      WHERE r.dag_id = :dag_id AND r.state = 'running' AND task_instances.state IN ${CLAIMABLE} AND task_instances.not_before <= :now
        AND ${HAS_SLOT} LIMIT 1`,
    args: { dag_id, task_id, map_key, now, ...pool },
  };
}

function readReports(upstream: ResultSet | undefined): ReadonlyMap<string, readonly UpstreamReport[]> {
  const reports = new Map<string, UpstreamReport[]>();
  for (const row of upstream?.rows ?? []) {
    const read = readRow(row);
    const report = { task_id: read.text("task_id"), map_key: read.text("map_key"), report: readJson(row["report"]) ?? {} };
    reports.set(read.text("run_id"), [...(reports.get(read.text("run_id")) ?? []), report]);
  }
  return reports;
}

function toClaimed(
  key: TaskKey,
  { token }: LeaseTerms,
  row: ResultSet["rows"][number],
  reports: ReadonlyMap<string, readonly UpstreamReport[]>,
): ClaimedTask {
  const read = readRow(row);
  const run_id = read.text("run_id");
  return {
    lease: { key: { ...key, run_id }, token, try_number: read.integer("try_number") },
    max_tries: read.integer("max_tries"),
    first_started_at: read.integer("first_start_date"),
    window: { start: read.integer("data_interval_start"), end: read.integer("data_interval_end") },
    conf: read.facts("conf") ?? {},
    cursor: read.facts("cursor"),
    upstream: reports.get(run_id) ?? [],
  };
}
