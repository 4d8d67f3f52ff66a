import type { InStatement } from "@libsql/client/web";
import type { DagDefinition, TaskDefinition, TriggerRule } from "../../../../shared/dag/dag.ts";
import { crossedBy } from "../../../../shared/dag/dagGraph.ts";
import { ACTIVE_STATES, CLAIMABLE_STATES, FAILED_STATES, type TaskState, TERMINAL_STATES } from "../../../../shared/dag/taskState.ts";
import type { Instant } from "../../../../shared/domain/instant.ts";

/**
 * The rules of a run as SQL. They are statements, and not a read followed by a write, because two tasks of a run may end at the same
 * moment in two isolates: inside one write transaction the second one sees what the first one did, so that no downstream is missed.
 */

export type Statement = Extract<InStatement, { sql: string }>;

export const TERMINAL = sqlList(TERMINAL_STATES);
export const CLAIMABLE = sqlList(CLAIMABLE_STATES);
export const ACTIVE = sqlList(ACTIVE_STATES);
export const FAILED = sqlList(FAILED_STATES);

export const IS_RUN = "dag_id = :dag_id AND run_id = :run_id";
export const IS_TASK = `${IS_RUN} AND task_id = :task_id AND map_key = :map_key`;
/** Of several runs, as a list. */
export const IS_ONE_OF_RUNS = "dag_id = :dag_id AND run_id IN (SELECT value FROM json_each(:run_ids))";

/** False for the tasks and runs of a paused DAG. */
export const NOT_PAUSED = (alias: string) => `NOT EXISTS (SELECT 1 FROM dag_flags f WHERE f.dag_id = ${alias}.dag_id AND f.is_paused = 1)`;

/** What a task becomes, from counts of its upstream instances: n of them, done, succeeded (ok), failed (bad). Null: it waits on. */
const VERDICTS: Readonly<Record<TriggerRule, string>> = {
  all_success: "CASE WHEN bad > 0 THEN 'upstream_failed' WHEN done < n THEN NULL WHEN ok < n THEN 'skipped' ELSE 'queued' END",
  all_done: "CASE WHEN done = n THEN 'queued' END",
  one_failed: "CASE WHEN bad > 0 THEN 'queued' WHEN done = n THEN 'skipped' END",
  none_failed: "CASE WHEN bad > 0 THEN 'upstream_failed' WHEN done = n THEN 'queued' END",
  none_failed_min_one_success:
    "CASE WHEN bad > 0 THEN 'upstream_failed' WHEN done < n THEN NULL WHEN ok = 0 AND n > 0 THEN 'skipped' ELSE 'queued' END",
  always: "'queued'",
};

/**
 * Which instances of its upstreams (or ancestors) a task depends on, where `own` is its key: all of them, or of tasks over the same
 * dimension that of its own key. As a further condition on `alias`, with its argument.
 */
export function sameKey(dag: DagDefinition, task: TaskDefinition, task_ids: Iterable<string>, alias: string, own: string) {
  if (task.map_over === null) return { sql: "", args: {} };
  const crossed = crossedBy(dag, task, task_ids);
  if (crossed.length === 0) return { sql: `AND ${alias}.map_key IN (${own}, '')`, args: {} };
  const is_crossed = `${alias}.task_id IN (SELECT value FROM json_each(:crossed))`;
  return { sql: `AND (${alias}.map_key IN (${own}, '') OR ${is_crossed})`, args: { crossed: JSON.stringify(crossed) } };
}

/**
 * Applies the trigger rule of `task` to its waiting instances in the runs: all of them, or that of `map_key`. Returns those that changed.
 * The key of a row comes from `d` as a whole, or SQLite would go over all rows of the DAG.
 */
export function applyTriggerRule(
  dag: DagDefinition,
  task: TaskDefinition,
  run_ids: readonly string[],
  now: Instant,
  map_key?: string,
): Statement {
  const one_key = map_key === undefined ? "" : "AND t.map_key = :map_key";
  const upstream_key = sameKey(dag, task, task.upstream, "u", "t.map_key");
  return {
    sql: `UPDATE task_instances
      SET state = d.verdict, not_before = :now, end_date = CASE WHEN d.verdict = 'queued' THEN NULL ELSE :now END
      FROM (SELECT of_dag, of_run, instance, ${VERDICTS[task.trigger_rule]} AS verdict FROM (
        SELECT t.dag_id AS of_dag, t.run_id AS of_run, t.map_key AS instance, count(u.state) AS n, coalesce(sum(u.state IN ${TERMINAL}), 0) AS done,
          coalesce(sum(u.state = 'success'), 0) AS ok, coalesce(sum(u.state IN ${FAILED}), 0) AS bad
        FROM task_instances t LEFT JOIN task_instances u ON u.dag_id = t.dag_id AND u.run_id = t.run_id
          AND u.task_id IN (SELECT value FROM json_each(:upstream)) ${upstream_key.sql}
        WHERE t.dag_id = :dag_id AND t.run_id IN (SELECT value FROM json_each(:run_ids)) AND t.task_id = :task_id AND t.state = 'none' ${one_key}
        GROUP BY t.run_id, t.map_key)) AS d
      WHERE dag_id = d.of_dag AND run_id = d.of_run AND task_id = :task_id AND map_key = d.instance AND d.verdict IS NOT NULL
      RETURNING run_id, task_id, map_key, state`,
    args: {
      dag_id: dag.dag_id,
      run_ids: JSON.stringify(run_ids),
      task_id: task.task_id,
      upstream: JSON.stringify(task.upstream),
      now,
      ...upstream_key.args,
      ...(map_key === undefined ? {} : { map_key }),
    },
  };
}

/**
 * Ends those of the runs (a queued one has been opened again) of which all tasks are done: failed if a task failed or was given up that may
 * not, else success. Returns their states. A late one stays to be told of.
 */
export function endRuns(dag: DagDefinition, run_ids: readonly string[], now: Instant): Statement {
  const own = "t.dag_id = dag_runs.dag_id AND t.run_id = dag_runs.run_id";
  return {
    sql: `UPDATE dag_runs SET end_date = :now, start_date = coalesce(start_date, :now), deadline_check_at = CASE WHEN deadline_check_at <= :now THEN deadline_check_at END,
        state = CASE WHEN EXISTS (
        SELECT 1 FROM task_instances t WHERE ${own} AND t.state IN ${FAILED}
          AND t.task_id NOT IN (SELECT value FROM json_each(:may_fail))) THEN 'failed' ELSE 'success' END
      WHERE ${IS_ONE_OF_RUNS} AND state IN ('queued', 'running')
        AND NOT EXISTS (SELECT 1 FROM task_instances t WHERE ${own} AND t.state NOT IN ${TERMINAL})
      RETURNING state, backfill_id`,
    args: { dag_id: dag.dag_id, run_ids: JSON.stringify(run_ids), now, may_fail: JSON.stringify(mayFail(dag)) },
  };
}

/** Gives up instances of tasks that the definition no longer has. A running one is left to its worker. */
export function removeUnknownTasks(dag: DagDefinition, run_id: string, now: Instant): Statement {
  return {
    sql: `UPDATE task_instances SET state = 'removed', end_date = :now
      WHERE ${IS_RUN} AND state NOT IN ${TERMINAL} AND state <> 'running' AND task_id NOT IN (SELECT value FROM json_each(:known))`,
    args: { dag_id: dag.dag_id, run_id, now, known: JSON.stringify(dag.tasks.map((task) => task.task_id)) },
  };
}

/**
 * Gives a run that has not ended the tasks that the definition got since the run was made, as Airflow does: what came in the place of
 * others is then done, and the run does not end without it. Their keys are those of the run's tasks over the same dimension.
 */
export function addNewTasks(dag: DagDefinition, run_id: string): Statement {
  const tasks = dag.tasks.map(({ task_id, map_over, retries, pool }) => {
    const siblings = dag.tasks.filter((other) => other.map_over === map_over).map((other) => other.task_id);
    return { task_id, max_tries: retries, pool, siblings: map_over === null ? null : siblings };
  });
  const keys = `SELECT '' AS map_key WHERE t.value ->> 'siblings' IS NULL UNION SELECT s.map_key FROM task_instances s
    WHERE s.dag_id = :dag_id AND s.run_id = :run_id AND s.task_id IN (SELECT value FROM json_each(t.value -> 'siblings'))`;
  return {
    sql: `INSERT INTO task_instances (dag_id, run_id, task_id, map_key, state, try_number, max_tries, not_before, pool)
      SELECT :dag_id, :run_id, t.value ->> 'task_id', k.value, 'none', 0, t.value ->> 'max_tries', 0, t.value ->> 'pool'
      FROM json_each(:tasks) t, json_each((SELECT json_group_array(map_key) FROM (${keys}))) k
      WHERE EXISTS (SELECT 1 FROM dag_runs WHERE ${IS_RUN} AND state IN ('queued', 'running'))
        AND NOT EXISTS (SELECT 1 FROM task_instances o WHERE o.dag_id = :dag_id AND o.run_id = :run_id AND o.task_id = t.value ->> 'task_id')`,
    args: { dag_id: dag.dag_id, run_id, tasks: JSON.stringify(tasks) },
  };
}

function mayFail(dag: DagDefinition): readonly string[] {
  return dag.tasks.filter((task) => task.may_fail).map((task) => task.task_id);
}

/** States are our own constants, so they stand in the text, where the planner sees them. */
function sqlList(states: readonly TaskState[]): string {
  return `(${states.map((state) => `'${state}'`).join(", ")})`;
}
