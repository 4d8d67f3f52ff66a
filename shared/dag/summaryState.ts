import type { TaskState } from "./taskState.ts";

/** How many instances of a task are in which state. */
export type StateCounts = Readonly<Partial<Record<TaskState, number>>>;

/** What of several instances is told for all of them, the first that there is: Airflow's order for mapped tasks and groups. */
const BY_WEIGHT = [
  ...["failed", "upstream_failed", "up_for_retry", "up_for_reschedule", "queued", "running"],
  ...["none", "success", "skipped", "removed"],
] as readonly TaskState[];

/** The one state that stands for a mapped task; null: it has no instance. */
export function summaryState(counts: StateCounts): TaskState | null {
  return BY_WEIGHT.find((state) => (counts[state] ?? 0) > 0) ?? null;
}
