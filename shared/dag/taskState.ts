/** States of a task, in Airflow's words (utils/state.py). Airflow stores null where this says "none". */
export type TaskState =
  | "none"
  | "queued"
  | "running"
  | "success"
  | "failed"
  | "skipped"
  | "up_for_retry"
  | "up_for_reschedule"
  | "upstream_failed"
  | "removed";

export type RunState = "queued" | "running" | "success" | "failed";

/** A task in one of these never changes again by itself. */
export const TERMINAL_STATES = ["success", "failed", "skipped", "upstream_failed", "removed"] as const satisfies readonly TaskState[];

/** The task, or one that it depends on, did not do its work. */
export const FAILED_STATES = ["failed", "upstream_failed"] as const satisfies readonly TaskState[];

/** A task in one of these waits for a claim, from its `not_before` on. */
export const CLAIMABLE_STATES = ["queued", "up_for_retry", "up_for_reschedule"] as const satisfies readonly TaskState[];

/** A run with a task in one of these moves on without being evaluated again. */
export const ACTIVE_STATES = ["running", ...CLAIMABLE_STATES] as const satisfies readonly TaskState[];

export function isTerminal(state: TaskState): boolean {
  return (TERMINAL_STATES as readonly TaskState[]).includes(state);
}

/** Null: a task that waits for others. */
export function isFailed(state: TaskState | null): boolean {
  return (FAILED_STATES as readonly (TaskState | null)[]).includes(state);
}
