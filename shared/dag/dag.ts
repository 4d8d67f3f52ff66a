import type { TimeZone } from "../domain/timeZone.ts";
import type { MapDimension, MapKeyChoice } from "./mapKeys.ts";
import type { Step } from "./step.ts";

/**
 * When a task may run, given the tasks upstream of it:
 * - all_success: all succeeded. One failed: upstream_failed at once. All done and one skipped: skipped.
 * - all_done: all are in a terminal state, whichever.
 * - one_failed: one failed (it does not wait for the others). All done and none failed: skipped.
 * - none_failed: all done, none failed; skipped ones count as done. The rule of a task that has work also when there is nothing new.
 * - none_failed_min_one_success: all done, none failed, one succeeded. All skipped: skipped. The rule of a join after a branch.
 * - always: as soon as the run starts.
 *
 * One difference from Airflow: there, a task under all_success with one upstream skipped and another failed ends as whichever came
 * first. Here it waits for the rest before it is skipped, so that its end state does not depend on the order of events.
 */
export type TriggerRule = "all_success" | "all_done" | "one_failed" | "none_failed" | "none_failed_min_one_success" | "always";

/** Skips the task when every report it depends on of task `upstream` says `fact` = `equals` (a missing report does not). */
export interface SkipCondition {
  readonly upstream: string;
  readonly fact: string;
  readonly equals: string | number | boolean | null;
}

/**
 * A task that waits for something outside: its step answers "reschedule" until what it waits for is there, holding no slot meanwhile.
 * Airflow: poke_interval 60 s, timeout 7 days, soft_fail off.
 */
export interface SensorSettings {
  /** Time between two looks where the step names none. */
  readonly poke_interval_ms: number;
  /** From the first look on, over all reschedules and retries. */
  readonly timeout_ms: number;
  /** At the timeout: skipped, with the step's own reason, rather than failed. */
  readonly soft_fail: boolean;
}

/** When a run is late: so long after it was queued, or after its data interval ended. Checked while it still runs. */
export interface Deadline {
  /** interval_end holds for scheduled runs only: a manual or backfilled run of the past would be late before it began. */
  readonly reference: "queued_at" | "interval_end";
  readonly after_ms: number;
}

/**
 * What people are told of. on_failure: a task has failed for good. on_retry_exhausted: it did so although its error might have passed,
 * so its tries are used up (on_failure comes as well). on_run_failure: a run ended as failed. on_deadline_missed: a run is late.
 */
export const CALLBACK_KINDS = ["on_failure", "on_retry_exhausted", "on_run_failure", "on_deadline_missed"] as const;
export type CallbackKind = (typeof CALLBACK_KINDS)[number];

export interface TaskDefinition {
  readonly task_id: string;
  readonly upstream: readonly string[];
  readonly trigger_rule: TriggerRule;
  /**
   * One instance for each key of this dimension that the run has; null: one instance. It depends, of an upstream task over the same
   * dimension, on the instance with its own key; of one that is not mapped, on its only instance; of any other, on all instances.
   */
  readonly map_over: MapDimension | null;
  /** Tries after the first. */
  readonly retries: number;
  readonly retry_delay_ms: number;
  readonly max_retry_delay_ms: number;
  /** The longest one slice of the step may take. */
  readonly timeout_ms: number;
  /** The task is skipped, without running its step, when all of these hold. Empty: never. */
  readonly skip_when: readonly SkipCondition[];
  /** Pool whose slots bound how many of its tasks run at once, over all DAGs; null: as many as there are workers. */
  readonly pool: string | null;
  readonly sensor: SensorSettings | null;
  /**
   * That it fails does not fail the run, which then says how many did: for what is outside and often away, such as a news site. What
   * depends on it needs a rule that bears a failure, or may fail as well.
   *
   * A difference from Airflow, where only the last tasks decide: there, a last task under all_done calls a run a success whose training
   * has failed.
   */
  readonly may_fail: boolean;
  /**
   * Of how long an interval one slice may do the work at once, of several runs of one backfill (StepBlock); null: each run has slices of its
   * own.
   */
  readonly block_ms: number | null;
}

/** A task that can be run: with the step that does its work. */
export interface Task<Ports> extends TaskDefinition {
  readonly step: Step<Ports>;
}

export interface DagSchedule {
  /** Five fields, read in `time_zone`. The data interval of a run is from one such time to the next. */
  readonly cron: string;
  readonly time_zone: TimeZone;
  /** The cron of wrangler.toml (always UTC) whose firing creates the run. */
  readonly trigger_cron: string;
  /** Why it fires as often as it does. */
  readonly reason?: string;
}

/** What the ledger goes by. Its steps are the engine's alone: see Dag. */
export interface DagDefinition<TaskType extends TaskDefinition = TaskDefinition> {
  readonly dag_id: string;
  readonly description: string;
  /** The file of the repository in which it is defined; null: it is made elsewhere, as those of tests are. */
  readonly defined_in: string | null;
  /** Null: runs only when triggered. */
  readonly schedule: DagSchedule | null;
  /** Missed intervals are not made up for by themselves: that is what a backfill is for. */
  readonly catchup: false;
  /** Further runs wait in state queued, and start in the order of their data intervals. */
  readonly max_active_runs: number;
  /** Null: a run is never late. */
  readonly deadline: Deadline | null;
  readonly callbacks: readonly CallbackKind[];
  /** Throws invalid_request, with the field, of a conf that its steps could not run by. Absent: any may be given, and steps take what they know. */
  readonly requireConf?: (conf: Readonly<Record<string, unknown>>) => void;
  /** The keys that a conf has a run mapped over, whatever is configured; null: those that are asked for. A request may name some of them, and no others. */
  readonly mapKeysOf?: (conf: Readonly<Record<string, unknown>>) => MapKeyChoice | null;
  readonly tasks: readonly TaskType[];
}

/** A pipeline that can be run. */
export type Dag<Ports> = DagDefinition<Task<Ports>>;
