import { HOUR, MINUTE, SECOND } from "./instant.ts";
import type { TimeZone } from "./timeZone.ts";

/**
 * When a task may run, given the tasks upstream of it:
 * - all_success: all succeeded. One failed: upstream_failed at once. All done and one skipped: skipped.
 * - all_done: all are in a terminal state, whichever.
 * - one_failed: one failed (it does not wait for the others). All done and none failed: skipped.
 * - none_failed_min_one_success: all done, none failed, one succeeded. All skipped: skipped. The rule of a join after a branch.
 * - always: as soon as the run starts.
 *
 * One difference from Airflow: there, a task under all_success with one upstream skipped and another failed ends as whichever came
 * first. Here it waits for the rest before it is skipped, so that its end state does not depend on the order of events.
 */
export type TriggerRule = "all_success" | "all_done" | "one_failed" | "none_failed_min_one_success" | "always";

/** Skips the task when every report it depends on of task `upstream` says `fact` = `equals` (a missing report does not). */
export interface SkipCondition {
  readonly upstream: string;
  readonly fact: string;
  readonly equals: string | number | boolean | null;
}

export interface TaskDefinition {
  readonly task_id: string;
  /** Name of the step that does the work. */
  readonly step: string;
  readonly upstream: readonly string[];
  readonly trigger_rule: TriggerRule;
  /**
   * One instance a map key of the run. Mapped after mapped depends on the instance with the same key, mapped after unmapped on that
   * one, unmapped after mapped on all of them.
   */
  readonly mapped: boolean;
  /** Tries after the first. */
  readonly retries: number;
  readonly retry_delay_ms: number;
  readonly max_retry_delay_ms: number;
  /** The longest one slice of the step may take. */
  readonly timeout_ms: number;
  /** The task is skipped, without running its step, when all of these hold. Empty: never. */
  readonly skip_when: readonly SkipCondition[];
}

export interface DagSchedule {
  /** Five fields, read in `time_zone`. The data interval of a run is from one such time to the next. */
  readonly cron: string;
  readonly time_zone: TimeZone;
  /** The cron of wrangler.toml (always UTC) whose firing creates the run. */
  readonly trigger_cron: string;
}

export interface DagDefinition {
  readonly dag_id: string;
  readonly description: string;
  /** Null: runs only when triggered. */
  readonly schedule: DagSchedule | null;
  /** Missed intervals are not made up for by themselves: that is what a backfill is for. */
  readonly catchup: false;
  /** Further runs wait in state queued, and start in the order of their data intervals. */
  readonly max_active_runs: number;
  readonly tasks: readonly TaskDefinition[];
}

/** Airflow has retries 0 and retry_delay 300 s; here every step is idempotent, so a transient fault is retried soon. */
const TASK_DEFAULTS = {
  upstream: [],
  trigger_rule: "all_success",
  mapped: false,
  retries: 3,
  retry_delay_ms: 10 * SECOND,
  max_retry_delay_ms: HOUR,
  timeout_ms: 5 * MINUTE,
  skip_when: [],
} as const satisfies Partial<TaskDefinition>;

/** A task with the defaults above; its step has the task's name unless said otherwise. */
export function defineTask(task: Partial<TaskDefinition> & Pick<TaskDefinition, "task_id">): TaskDefinition {
  return { ...TASK_DEFAULTS, step: task.task_id, ...task };
}

export function defineDag(
  dag: Pick<DagDefinition, "dag_id" | "description" | "schedule" | "tasks"> & { max_active_runs?: number },
): DagDefinition {
  return { catchup: false, max_active_runs: 1, ...dag };
}
