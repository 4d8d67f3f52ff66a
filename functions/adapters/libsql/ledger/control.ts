import type { TaskKey } from "../../../../shared/contracts/dags.ts";
import type { DagDefinition } from "../../../../shared/dag/dag.ts";
import type { Pools } from "../../../../shared/dag/pool.ts";
import type { Instant } from "../../../../shared/domain/instant.ts";
import type { InstanceQuery, LedgerControl } from "../../../../shared/ports/ledgerControl.ts";
import { type Database, withStore } from "../database.ts";
import { readRow } from "../readRow.ts";
import { clearTasks } from "./clear.ts";
import { readFacts } from "./facts.ts";
import { markRun, markTask } from "./mark.ts";
import { dueTasks, poolsJson } from "./pools.ts";
import { selectTasks, toTask } from "./queries.ts";
import { queuedTasks } from "./settle.ts";
import { startRuns } from "./start.ts";

/** Hints that an unpaused DAG gets at once; the sweep finds the rest. */
const UNPAUSE_LIMIT = 100;

/** What people do to tasks, runs and DAGs, on libSQL. */
export function createLedgerControl(database: Database, pools: Pools): LedgerControl {
  return {
    instances: (query) => withStore(() => queryInstances(database, query)),
    clear: (dag, terms) => withStore(() => clearTasks(database, pools, dag, terms)),
    markTask: (dag, key, state, note, now) => withStore(() => markTask(database, pools, dag, key, state, note, now)),
    markRun: (dag, run_id, state, note, now) => withStore(() => markRun(database, pools, dag, run_id, state, note, now)),
    setPaused: (dag, is_paused, now) => withStore(() => setPaused(database, pools, dag, is_paused, now)),
    pausedDags: () =>
      withStore(async () => {
        const { rows } = await database.$client.execute("SELECT dag_id FROM dag_flags WHERE is_paused = 1 ORDER BY dag_id");
        return rows.map((row) => readRow(row).text("dag_id"));
      }),
    facts: (dag, key) => withStore(() => readFacts(database, pools, dag, key)),
  };
}

async function setPaused(database: Database, pools: Pools, dag: DagDefinition, is_paused: boolean, now: Instant): Promise<TaskKey[]> {
  const { dag_id } = dag;
  const due = { sql: dueTasks("t.dag_id = :dag_id"), args: { dag_id, now, limit: UNPAUSE_LIMIT, pools: poolsJson(pools) } };
  const results = await database.$client.batch(
    [
      {
        sql: `INSERT INTO dag_flags (dag_id, is_paused, changed_at) VALUES (:dag_id, :is_paused, :now)
          ON CONFLICT DO UPDATE SET is_paused = excluded.is_paused, changed_at = excluded.changed_at WHERE is_paused <> excluded.is_paused`,
        args: { dag_id, is_paused: is_paused ? 1 : 0, now },
      },
      ...startRuns(dag, now),
      due,
    ],
    "write",
  );
  return queuedTasks(dag_id, results.at(-1)?.rows ?? []);
}

async function queryInstances(database: Database, query: InstanceQuery) {
  const sql = `${selectTasks("t")}
    WHERE t.dag_id = :dag_id AND (:run_id IS NULL OR t.run_id = :run_id) AND (:from IS NULL OR r.data_interval_start >= :from)
      AND (:to IS NULL OR r.data_interval_end <= :to)
    ORDER BY r.data_interval_end, t.run_id, t.task_id, t.map_key LIMIT :limit`;
  const { dag_id, run_id = null, within, limit } = query;
  const { rows } = await database.$client.execute({
    sql,
    args: { dag_id, run_id, from: within?.start ?? null, to: within?.end ?? null, limit: limit + 1 },
  });
  return rows.map((row) => toTask(readRow(row)));
}
