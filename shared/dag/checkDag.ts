import type { DagDefinition, TaskDefinition } from "./dag.ts";
import { ancestorsOf, topologicalOrder } from "./dagGraph.ts";
import { MAP_DIMENSIONS } from "./mapKeys.ts";
import type { Pools } from "./pool.ts";

/** What is wrong with a DAG, a sentence each. Empty: it can run. Without `pools`, those of the tasks are not looked at. */
export function checkDag(dag: DagDefinition, pools?: Pools): string[] {
  const ids = dag.tasks.map((task) => task.task_id);
  const problems = [
    ...(dag.tasks.length === 0 ? [`${dag.dag_id}: it has no tasks`] : []),
    ...(isPositive(dag.max_active_runs) ? [] : [`${dag.dag_id}: max_active_runs must be at least 1, was ${dag.max_active_runs}`]),
    ...repeated(ids).map((id) => `${dag.dag_id}: two tasks are named "${id}"`),
    ...(dag.deadline && !isPositive(dag.deadline.after_ms) ? [`${dag.dag_id}: its deadline must be at least 1 ms away`] : []),
    ...dag.tasks.flatMap((task) =>
      [...checkTask(dag, task), ...checkPool(task, pools)].map((text) => `${dag.dag_id}.${task.task_id}: ${text}`),
    ),
  ];
  const has_unknown = dag.tasks.some((task) => task.upstream.some((id) => !ids.includes(id)));
  const ordered = new Set(topologicalOrder(dag.tasks).map((task) => task.task_id));
  const on_cycle = ids.filter((id) => !ordered.has(id));
  if (on_cycle.length > 0 && !has_unknown) problems.push(`${dag.dag_id}: tasks wait for each other in a cycle: ${on_cycle.join(", ")}`);
  return problems;
}

function checkTask(dag: DagDefinition, task: TaskDefinition): string[] {
  const ids = new Set(dag.tasks.map((other) => other.task_id));
  const ancestors = ancestorsOf(dag, task.task_id);
  return [
    ...task.upstream.filter((id) => !ids.has(id)).map((id) => `its upstream "${id}" is not a task of this DAG`),
    ...repeated(task.upstream).map((id) => `its upstream "${id}" is named twice`),
    ...checkRule(task),
    ...(task.map_over === null || MAP_DIMENSIONS.includes(task.map_over)
      ? []
      : [`map_over must be null or one of ${MAP_DIMENSIONS.join(", ")}, was "${task.map_over}"`]),
    ...task.skip_when
      .filter((condition) => !ancestors.has(condition.upstream))
      .map((condition) => `skip_when looks at "${condition.upstream}", which is not upstream of it`),
    ...checkNumbers(task),
  ];
}

function checkRule(task: TaskDefinition): string[] {
  const needs_upstream = task.trigger_rule === "one_failed" || task.trigger_rule === "none_failed_min_one_success";
  return needs_upstream && task.upstream.length === 0 ? [`trigger rule ${task.trigger_rule} needs an upstream task`] : [];
}

function checkNumbers(task: TaskDefinition): string[] {
  return [
    ...(Number.isInteger(task.retries) && task.retries >= 0 ? [] : [`retries must be 0 or more, was ${task.retries}`]),
    ...(isPositive(task.retry_delay_ms) ? [] : [`retry_delay_ms must be at least 1, was ${task.retry_delay_ms}`]),
    ...(task.max_retry_delay_ms >= task.retry_delay_ms ? [] : ["max_retry_delay_ms is less than retry_delay_ms"]),
    ...(isPositive(task.timeout_ms) ? [] : [`timeout_ms must be at least 1, was ${task.timeout_ms}`]),
    ...(!task.sensor || (isPositive(task.sensor.poke_interval_ms) && isPositive(task.sensor.timeout_ms))
      ? []
      : ["the poke interval and the timeout of its sensor must be at least 1 ms"]),
  ];
}

function checkPool(task: TaskDefinition, pools: Pools | undefined): string[] {
  if (task.pool === null || !pools) return [];
  const pool = pools[task.pool];
  if (!pool) return [`its pool "${task.pool}" is not known`];
  return isPositive(pool.slots) ? [] : [`its pool "${task.pool}" must have at least 1 slot, had ${pool.slots}`];
}

function isPositive(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}

function repeated(ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id, position) => ids.indexOf(id) !== position))];
}
