import type { AttemptError, RunType, TaskKey, TriggeredBy } from "../contracts/dags.ts";
import type { StepReport } from "../dag/step.ts";
import type { StateCounts } from "../dag/summaryState.ts";
import type { RunState, TaskState } from "../dag/taskState.ts";
import type { Instant, TimeWindow } from "../domain/instant.ts";

/** From a start to an end, as the ledger saw it. */
interface Lifetime {
  readonly started_at: Instant | null;
  readonly ended_at: Instant | null;
}

/** A run, with what its tasks say of it. */
export interface LedgerRun extends Lifetime {
  readonly dag_id: string;
  readonly run_id: string;
  readonly run_type: RunType;
  readonly state: RunState;
  /** The data interval. */
  readonly window: TimeWindow;
  readonly conf: Readonly<Record<string, unknown>>;
  readonly triggered_by: TriggeredBy;
  readonly queued_at: Instant;
  /** The backfill that it belongs to. */
  readonly backfill_id: number | null;
  readonly deadline_at: Instant | null;
  /** It was not done by its deadline. */
  readonly is_late: boolean;
  /** Tasks that failed, or were given up because another did. Of a run that is a success: of those that may fail. */
  readonly failed_tasks: number;
  readonly skipped_tasks: number;
  /** Why, in the words of the first that had a reason of its own. */
  readonly skip_reason: string | null;
}

/** A task of a run, for one map key where it is mapped. */
export interface LedgerTask extends TaskKey, Lifetime {
  /** Its place among the keys of its task in this run, from 0 in their order; -1: it is not mapped. */
  readonly map_index: number;
  /** Of its run. */
  readonly run_type: RunType;
  readonly window: TimeWindow;
  /** Null: it waits for tasks upstream. */
  readonly state: Exclude<TaskState, "none"> | null;
  /** 0 before the first try. */
  readonly try_number: number;
  readonly max_tries: number;
  /** The earliest next slice or try, where one is due. */
  readonly not_before: Instant | null;
  readonly report: StepReport | null;
  /** Why it was skipped, what it waits for, or who set its state. */
  readonly note: string | null;
  readonly pool: string | null;
}

/** A run as a line of a grid of runs and tasks. */
export interface GridRun
  extends Lifetime,
    Pick<LedgerRun, "run_id" | "run_type" | "state" | "window" | "queued_at" | "backfill_id" | "is_late"> {
  /** Those that it has instances of, in no order. */
  readonly tasks: readonly GridTask[];
}

/** The instances of one task in one run, taken together. */
export interface GridTask extends Lifetime {
  readonly task_id: string;
  readonly is_mapped: boolean;
  readonly counts: StateCounts;
  /** The highest of them. `started_at` is the first start; `ended_at` the last end, null while one has not ended. */
  readonly try_number: number;
}

/** One try of a task. */
export interface LedgerTry extends TaskKey, Lifetime {
  readonly try_number: number;
  readonly state: Exclude<TaskState, "none">;
  readonly started_at: Instant;
  readonly error: AttemptError | null;
  readonly report: StepReport | null;
  readonly log: string;
}
