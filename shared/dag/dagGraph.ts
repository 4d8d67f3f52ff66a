import type { DagDefinition, TaskDefinition } from "./dag.ts";

/** A task whose state may change when another one ends, and whether only the same map key is concerned. */
export interface AffectedTask {
  readonly task: TaskDefinition;
  readonly same_key: boolean;
}

/** The task of that name, with its step where the DAG can be run; undefined: the definition has none, or no longer. */
export function findTask<TaskType extends TaskDefinition>(dag: DagDefinition<TaskType>, task_id: string): TaskType | undefined {
  return dag.tasks.find((task) => task.task_id === task_id);
}

/** Tasks in an order in which every task comes after its upstreams. A task on a cycle is left out (checkDag reports it). */
export function topologicalOrder(tasks: readonly TaskDefinition[]): TaskDefinition[] {
  const placed = new Set<string>();
  const order: TaskDefinition[] = [];
  let rest = [...tasks];
  while (rest.length > 0) {
    const ready = rest.filter((task) => task.upstream.every((id) => placed.has(id)));
    if (ready.length === 0) break;
    for (const task of ready) {
      placed.add(task.task_id);
      order.push(task);
    }
    rest = rest.filter((task) => !placed.has(task.task_id));
  }
  return order;
}

/** Everything upstream of a task, direct or not. */
export function ancestorsOf(dag: DagDefinition, task_id: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [task_id];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const upstream of findTask(dag, id)?.upstream ?? []) {
      if (found.has(upstream)) continue;
      found.add(upstream);
      open.push(upstream);
    }
  }
  return found;
}

/** Whether a task sees only the instance of `upstream` that has its own key. */
function sharesKeys(task: TaskDefinition, upstream: TaskDefinition): boolean {
  return task.map_over !== null && task.map_over === upstream.map_over;
}

/** Of these tasks, those of which a mapped `task` depends on every instance although they are mapped: they are over something else. */
export function crossedBy(dag: DagDefinition, task: TaskDefinition, task_ids: Iterable<string>): string[] {
  const ids = new Set(task_ids);
  return dag.tasks
    .filter((other) => ids.has(other.task_id) && other.map_over !== null && !sharesKeys(task, other))
    .map((other) => other.task_id);
}

/** Everything downstream of a task, direct or not, each after its upstreams: the order in which to evaluate it. */
export function affectedBy(dag: DagDefinition, task_id: string): AffectedTask[] {
  const source = findTask(dag, task_id);
  if (!source) return [];
  const same_key = new Map<string, boolean>([[task_id, source.map_over !== null]]);
  const affected: AffectedTask[] = [];
  for (const task of topologicalOrder(dag.tasks)) {
    const reached = task.upstream.filter((id) => same_key.has(id));
    if (reached.length === 0) continue;
    const is_same = sharesKeys(task, source) && reached.every((id) => same_key.get(id));
    same_key.set(task.task_id, is_same);
    affected.push({ task, same_key: is_same });
  }
  return affected;
}

/** Tasks that run as soon as the run starts. */
export function rootsOf(dag: DagDefinition): string[] {
  return dag.tasks.filter((task) => task.upstream.length === 0 || task.trigger_rule === "always").map((task) => task.task_id);
}
