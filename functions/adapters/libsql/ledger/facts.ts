import type { TaskKey } from "../../../../shared/contracts/dags.ts";
import type { DagDefinition } from "../../../../shared/dag/dag.ts";
import { findTask } from "../../../../shared/dag/dagGraph.ts";
import type { Pools } from "../../../../shared/dag/pool.ts";
import type { TaskFacts } from "../../../../shared/ports/ledgerControl.ts";
import type { Database } from "../database.ts";
import { readRow } from "../readRow.ts";
import { toKey } from "./due.ts";
import { holdsSlot, poolArgs } from "./pools.ts";
import { SELECT_RUNS, selectTasks, toRun, toTask } from "./queries.ts";
import { IS_RUN, sameKey } from "./statements.ts";

/** Everything that decides whether a task may run, as it is at one moment. */
export async function readFacts(database: Database, pools: Pools, dag: DagDefinition, key: TaskKey): Promise<TaskFacts | null> {
  const task = findTask(dag, key.task_id);
  const pool = poolArgs(pools, task?.pool ?? null);
  const run_key = { dag_id: key.dag_id, run_id: key.run_id };
  const same_key = task ? sameKey(dag, task, task.upstream, "u", ":map_key") : { sql: "", args: {} };
  const upstream_key = same_key.sql === "" ? same_key : { sql: same_key.sql, args: { ...same_key.args, map_key: key.map_key } };
  const [runs, tasks, upstream, flags, backfills, running, holders] = await database.$client.batch(
    [
      { sql: `${SELECT_RUNS} WHERE ${IS_RUN}`, args: run_key },
      {
        sql: `${selectTasks("t")} WHERE t.dag_id = :dag_id AND t.run_id = :run_id AND t.task_id = :task_id AND t.map_key = :map_key`,
        args: { ...key },
      },
      {
        sql: `${selectTasks("u")} WHERE u.dag_id = :dag_id AND u.run_id = :run_id
          AND u.task_id IN (SELECT value FROM json_each(:upstream)) ${upstream_key.sql} ORDER BY u.task_id, u.map_key`,
        args: { ...run_key, upstream: JSON.stringify(task?.upstream ?? []), ...upstream_key.args },
      },
      { sql: "SELECT count(*) AS paused FROM dag_flags WHERE dag_id = :dag_id AND is_paused = 1", args: { dag_id: key.dag_id } },
      { sql: `SELECT * FROM backfills WHERE id = (SELECT backfill_id FROM dag_runs WHERE ${IS_RUN})`, args: run_key },
      { sql: SAME_LIMIT, args: run_key },
      {
        sql: `SELECT o.* FROM task_instances o WHERE :slots > 0 AND o.pool = :pool AND ${holdsSlot("o", ":include_deferred")}
          ORDER BY o.dag_id, o.run_id, o.task_id, o.map_key`,
        args: { ...pool },
      },
    ],
    "read",
  );
  const [run, instance, backfill] = [runs?.rows[0], tasks?.rows[0], backfills?.rows[0]];
  if (!run || !instance) return null;
  const keys = (holders?.rows ?? []).map((row) => toKey(readRow(row)));
  return {
    run: toRun(readRow(run)),
    task: toTask(readRow(instance)),
    lease_until: readRow(instance).integerOrNull("lease_until"),
    upstream: (upstream?.rows ?? []).map((row) => toTask(readRow(row))),
    is_dag_paused: readRow(flags?.rows[0]).integer("paused") > 0,
    backfill: backfill ? readBackfill(readRow(backfill)) : null,
    running_runs: (running?.rows ?? []).map((row) => readRow(row).text("run_id")),
    pool:
      pool.pool === null
        ? null
        : { name: pool.pool, slots: pool.slots, holders: keys, is_holder: keys.some((other) => isSame(other, key)) },
  };
}

const SAME_LIMIT = `SELECT run_id FROM dag_runs WHERE dag_id = :dag_id AND state = 'running' AND backfill_id IS (
  SELECT backfill_id FROM dag_runs WHERE ${IS_RUN}) ORDER BY data_interval_end, run_id`;

function readBackfill(row: ReturnType<typeof readRow>): NonNullable<TaskFacts["backfill"]> {
  return { id: row.integer("id"), is_paused: row.integer("is_paused") === 1, max_active_runs: row.integer("max_active_runs") };
}

function isSame(one: TaskKey, other: TaskKey): boolean {
  return one.dag_id === other.dag_id && one.run_id === other.run_id && one.task_id === other.task_id && one.map_key === other.map_key;
}
