import type { DagDefinition } from "../../shared/dag/dag.ts";
import { affectedBy, ancestorsOf, crossedBy, findTask } from "../../shared/dag/dagGraph.ts";
import { isFailed } from "../../shared/dag/taskState.ts";
import type { LedgerTask } from "../../shared/ports/ledgerRecords.ts";

export interface Pick {
  /** A task with all its map keys, or one of them, by the key or its map_index. Absent: every task. */
  readonly task_ids?: readonly (string | readonly [task_id: string, map_key: string | number])[];
  /** Only these of mapped tasks. Tasks that are not mapped are kept. */
  readonly map_keys?: readonly string[];
  readonly include_upstream: boolean;
  readonly include_downstream: boolean;
  readonly only_failed: boolean;
  /** Of what is picked, what runs; beside only_failed, both. */
  readonly only_running?: boolean;
}

/**
 * The instances that a pick means, of one run or several. Upstream and downstream follow map keys as the trigger rules do. only_failed
 * (failed and upstream_failed) and only_running bound what upstream and downstream add, and together let both through, as in Airflow (dag.clear
 * of 2.x and 3.x). Then, unlike there, of what failed include_downstream takes along
 * whatever comes behind what failed: it was skipped, or did its work without what was missing, and would be left as it is for ever.
 */
export function pickInstances(dag: DagDefinition, instances: readonly LedgerTask[], pick: Pick): LedgerTask[] {
  const seeds = instances.filter((one) => isNamed(one, pick));
  const wanted = new Set(seeds.map(nameOf));
  for (const seed of seeds) {
    if (pick.include_downstream) addDownstream(dag, instances, seed, wanted);
    if (pick.include_upstream) addUpstream(dag, instances, seed, wanted);
  }
  const picked = instances.filter((one) => wanted.has(nameOf(one)));
  if (!pick.only_failed && !pick.only_running) return picked;
  const kept = new Set<LedgerTask>();
  if (pick.only_failed) for (const one of failedOf(dag, instances, picked, pick.include_downstream)) kept.add(one);
  if (pick.only_running) for (const one of picked) if (one.state === "running") kept.add(one);
  return instances.filter((one) => kept.has(one));
}

/** Ids of the tasks that a pick names. */
export function namedTasks(task_ids: Pick["task_ids"] = []): string[] {
  return task_ids.map((id) => (typeof id === "string" ? id : id[0]));
}

function failedOf(dag: DagDefinition, instances: readonly LedgerTask[], picked: readonly LedgerTask[], has_downstream: boolean) {
  const failed = picked.filter((one) => isFailed(one.state));
  const wanted = new Set(failed.map(nameOf));
  if (has_downstream) for (const one of failed) addDownstream(dag, instances, one, wanted);
  return instances.filter((one) => wanted.has(nameOf(one)));
}

function isNamed(one: LedgerTask, { task_ids, map_keys }: Pick): boolean {
  const is_task =
    task_ids?.some((id) =>
      typeof id === "string" ? id === one.task_id : id[0] === one.task_id && (id[1] === one.map_key || id[1] === one.map_index),
    ) ?? true;
  return is_task && (map_keys === undefined || one.map_key === "" || map_keys.includes(one.map_key));
}

function addDownstream(dag: DagDefinition, instances: readonly LedgerTask[], seed: LedgerTask, wanted: Set<string>): void {
  const affected = new Map(affectedBy(dag, seed.task_id).map(({ task, same_key }) => [task.task_id, same_key]));
  for (const one of instances) {
    const same_key = one.run_id === seed.run_id ? affected.get(one.task_id) : undefined;
    if (same_key !== undefined && (!same_key || one.map_key === seed.map_key)) wanted.add(nameOf(one));
  }
}

function addUpstream(dag: DagDefinition, instances: readonly LedgerTask[], seed: LedgerTask, wanted: Set<string>): void {
  const ancestors = ancestorsOf(dag, seed.task_id);
  const task = findTask(dag, seed.task_id);
  const crossed = new Set(task ? crossedBy(dag, task, ancestors) : []);
  for (const one of instances) {
    const is_key = seed.map_key === "" || one.map_key === "" || one.map_key === seed.map_key || crossed.has(one.task_id);
    if (one.run_id === seed.run_id && ancestors.has(one.task_id) && is_key) wanted.add(nameOf(one));
  }
}

function nameOf(one: LedgerTask): string {
  return JSON.stringify([one.run_id, one.task_id, one.map_key]);
}
