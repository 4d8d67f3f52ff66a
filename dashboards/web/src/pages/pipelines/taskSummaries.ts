import type { TaskInstance } from "../../../../../shared/contracts/dags.ts";
import { type StateCounts, summaryState } from "../../../../../shared/dag/summaryState.ts";
import type { TaskState } from "../../../../../shared/dag/taskState.ts";

/** A task of a run: all its instances as one. */
export interface TaskSummary {
  readonly task_id: string;
  /** "none": it waits for tasks upstream. */
  readonly state: TaskState;
  readonly counts: StateCounts;
  readonly is_mapped: boolean;
  readonly instances: readonly TaskInstance[];
  /** The highest try. */
  readonly try_number: number;
  /** From the first start to the last end, or to `now` while one has not ended; null: not started. */
  readonly taken_ms: number | null;
}

/** The tasks of a run by their id. */
export function taskSummaries(instances: readonly TaskInstance[], now: number): ReadonlyMap<string, TaskSummary> {
  const by_task = Map.groupBy(instances, ({ task_id }) => task_id);
  return new Map([...by_task].map(([task_id, own]) => [task_id, summaryOf(task_id, own, now)]));
}

function summaryOf(task_id: string, instances: readonly TaskInstance[], now: number): TaskSummary {
  const counts: Partial<Record<TaskState, number>> = {};
  for (const { state } of instances) counts[state ?? "none"] = (counts[state ?? "none"] ?? 0) + 1;
  const started = instances.filter(({ start_date }) => start_date !== null);
  const starts = started.map(({ start_date }) => Date.parse(start_date!));
  const ends = started.map(({ end_date }) => (end_date === null ? now : Date.parse(end_date)));
  return {
    task_id,
    counts,
    instances,
    state: summaryState(counts) ?? "none",
    is_mapped: instances.some(({ map_key }) => map_key !== ""),
    try_number: Math.max(0, ...instances.map(({ try_number }) => try_number)),
    taken_ms: started.length === 0 ? null : Math.max(0, Math.max(...ends) - Math.min(...starts)),
  };
}
