import type { TaskKey } from "../../../../shared/contracts/dags.ts";
import type { DagDefinition } from "../../../../shared/dag/dag.ts";
import { canonicalJson } from "../../../../shared/domain/hash.ts";
import type { Instant } from "../../../../shared/domain/instant.ts";
import type { CreatedRun, NewRun } from "../../../../shared/ports/ledger.ts";
import type { Database } from "../database.ts";
import { readRow } from "../readRow.ts";
import { SELECT_RUNS, toRun } from "./queries.ts";
import { queuedTasks } from "./settle.ts";
import { startRuns } from "./start.ts";
import { IS_RUN, type Statement } from "./statements.ts";

export async function createRun(database: Database, dag: DagDefinition, run: NewRun, now: Instant): Promise<CreatedRun> {
  const statements = [insertRun(run, now), insertTasks(run), ...startRuns(dag, now), selectRun(run)];
  const [inserted, ...rest] = await database.$client.batch(statements, "write");
  const stored = rest.pop();
  return {
    run: toRun(readRow(stored?.rows[0])),
    created: (inserted?.rows.length ?? 0) > 0,
    queued: queuedTasks(
      dag.dag_id,
      rest.flatMap((result) => result.rows),
    ),
  };
}

export async function startWaitingRuns(database: Database, dag: DagDefinition, now: Instant): Promise<TaskKey[]> {
  const results = await database.$client.batch([...startRuns(dag, now)], "write");
  return queuedTasks(
    dag.dag_id,
    results.flatMap((result) => result.rows),
  );
}

/** Where an interval of the schedule was run already: by the schedule, or by a backfill of every instrument. */
const COVERS_SCHEDULED = `:run_type = 'scheduled' AND data_interval_start = :start AND data_interval_end = :end AND (run_type = 'scheduled'
  OR backfill_id IN (SELECT id FROM backfills WHERE map_keys IS NULL))`;

/** `guard`: a further condition, with its arguments. */
export function insertRun(
  run: NewRun,
  now: Instant,
  guard?: { readonly sql: string; readonly args: Readonly<Record<string, string | number>> },
): Statement {
  return {
    sql: `INSERT INTO dag_runs (dag_id, run_id, run_type, state, data_interval_start, data_interval_end, conf, triggered_by, queued_at,
        deadline_at, deadline_check_at)
      SELECT :dag_id, :run_id, :run_type, 'queued', :start, :end, :conf, :triggered_by, :now, :deadline_at, :deadline_at
      WHERE NOT EXISTS (SELECT 1 FROM dag_runs WHERE dag_id = :dag_id AND ${COVERS_SCHEDULED}) ${guard ? `AND ${guard.sql}` : ""}
      ON CONFLICT DO NOTHING RETURNING run_id`,
    args: {
      ...interval(run),
      run_id: run.run_id,
      conf: canonicalJson(run.conf),
      triggered_by: run.triggered_by,
      deadline_at: run.deadline_at,
      now,
      ...guard?.args,
    },
  };
}

/** All tasks in one statement. A run that exists keeps its tasks: it has some already. */
export function insertTasks(run: NewRun): Statement {
  return {
    sql: `INSERT INTO task_instances (dag_id, run_id, task_id, map_key, state, try_number, max_tries, not_before, pool)
      SELECT :dag_id, :run_id, value ->> 'task_id', value ->> 'map_key', 'none', 0, value ->> 'max_tries', 0, value ->> 'pool'
      FROM json_each(:tasks)
      WHERE EXISTS (SELECT 1 FROM dag_runs WHERE ${IS_RUN}) AND NOT EXISTS (SELECT 1 FROM task_instances WHERE ${IS_RUN})`,
    args: { dag_id: run.dag_id, run_id: run.run_id, tasks: JSON.stringify(run.tasks) },
  };
}

/** The run, or the one that stands in its place. */
function selectRun(run: NewRun): Statement {
  return {
    sql: `${SELECT_RUNS} WHERE dag_id = :dag_id AND (run_id = :run_id OR (${COVERS_SCHEDULED})) ORDER BY run_id = :run_id DESC LIMIT 1`,
    args: { ...interval(run), run_id: run.run_id },
  };
}

function interval(run: NewRun) {
  return { dag_id: run.dag_id, run_type: run.run_type, start: run.window.start, end: run.window.end };
}
