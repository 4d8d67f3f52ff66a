import type { DagDefinition, TaskDefinition } from "../../../shared/dag/dag.ts";
import type { MapKeys } from "../../../shared/dag/mapKeys.ts";
import type { TaskState } from "../../../shared/dag/taskState.ts";

export type Ending = "success" | "failed" | "skipped";

/** The states that a run ends in by the trigger rules, in plain code: what the SQL of the ledger is held against. Tasks in order. */
export function expectedStates(
  dag: DagDefinition,
  map_keys: MapKeys,
  endingOf: (task_id: string, map_key: string) => Ending,
): Map<string, TaskState> {
  const states = new Map<string, TaskState>();
  for (const task of dag.tasks) {
    for (const map_key of task.map_over === null ? [""] : map_keys[task.map_over]) {
      const verdict = verdictFor(dag, states, task.task_id, map_key);
      states.set(`${task.task_id}/${map_key}`, verdict === "runs" ? endingOf(task.task_id, map_key) : verdict);
    }
  }
  return states;
}

/** What the rule of a task says of upstreams that are in these states, all of them done. */
export function verdictFor(dag: DagDefinition, states: ReadonlyMap<string, TaskState>, task_id: string, map_key: string) {
  const task = dag.tasks.find((candidate) => candidate.task_id === task_id)!;
  return verdictOf(
    task.trigger_rule,
    task.upstream.flatMap((id) => upstreamStates(dag, states, task, id, map_key)),
  );
}

export function expectedRunState(dag: DagDefinition, states: ReadonlyMap<string, TaskState>): "success" | "failed" {
  const tolerated = new Set(dag.tasks.filter((task) => task.may_fail).map((task) => task.task_id));
  const hasFailed = [...states].some(
    ([id, state]) => !tolerated.has(id.split("/")[0]!) && (state === "failed" || state === "upstream_failed"),
  );
  return hasFailed ? "failed" : "success";
}

/** For upstream instances that are all done. */
export function verdictOf(rule: TaskDefinition["trigger_rule"], upstream: readonly TaskState[]): "runs" | "skipped" | "upstream_failed" {
  const hasFailed = upstream.some((state) => state === "failed" || state === "upstream_failed");
  const hasSkipped = upstream.includes("skipped");
  const areAllSkipped = upstream.length > 0 && upstream.every((state) => state === "skipped");
  if (rule === "all_done" || rule === "always") return "runs";
  if (rule === "one_failed") return hasFailed ? "runs" : "skipped";
  if (hasFailed) return "upstream_failed";
  if (rule === "none_failed") return "runs";
  return (rule === "all_success" ? hasSkipped : areAllSkipped) ? "skipped" : "runs";
}

function upstreamStates(
  dag: DagDefinition,
  states: ReadonlyMap<string, TaskState>,
  task: TaskDefinition,
  upstream: string,
  map_key: string,
) {
  const { map_over } = dag.tasks.find((candidate) => candidate.task_id === upstream)!;
  if (map_over !== null && map_over === task.map_over) return [states.get(`${upstream}/${map_key}`)!];
  return [...states].filter(([id]) => id.startsWith(`${upstream}/`)).map(([, state]) => state);
}
