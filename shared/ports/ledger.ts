import type { AttemptError, DagRun, RunType, TaskAttempt, TaskInstance, TaskKey, TriggeredBy } from "../contracts/dags.ts";
import type { DagDefinition } from "../domain/dag.ts";
import type { Instant, TimeWindow } from "../domain/instant.ts";
import type { RunState } from "../domain/taskState.ts";
import type { Cursor, StepReport } from "./step.ts";

export interface NewTask {
  readonly task_id: string;
  readonly map_key: string;
  /** Retries, as in Airflow: a task may be tried max_tries + 1 times. */
  readonly max_tries: number;
}

export interface NewRun {
  readonly dag_id: string;
  readonly run_id: string;
  readonly run_type: RunType;
  readonly window: TimeWindow;
  readonly conf: Readonly<Record<string, unknown>>;
  readonly triggered_by: TriggeredBy;
  readonly tasks: readonly NewTask[];
}

export interface CreatedRun {
  /** The run under this id, whoever created it. */
  readonly run: DagRun;
  readonly created: boolean;
  /** Tasks that are due now. */
  readonly queued: readonly TaskKey[];
}

/** The right to write about one task: whoever holds another token, or none, writes nothing. */
export interface Lease {
  readonly key: TaskKey;
  readonly token: string;
  readonly try_number: number;
}

export interface LeaseTerms {
  readonly token: string;
  readonly now: Instant;
  readonly lease_until: Instant;
}

export interface UpstreamReport {
  readonly task_id: string;
  readonly map_key: string;
  readonly report: StepReport;
}

export interface ClaimedTask {
  readonly lease: Lease;
  readonly max_tries: number;
  readonly window: TimeWindow;
  readonly conf: Readonly<Record<string, unknown>>;
  readonly cursor: Cursor | null;
  /** Reports of the succeeded tasks that this one depends on, directly or not. */
  readonly upstream: readonly UpstreamReport[];
}

/** How a slice ends. A failure keeps the cursor and report of the slices before it, so that a retry goes on from there. */
export type TaskEnding =
  | { readonly state: "success"; readonly report: StepReport }
  | { readonly state: "skipped"; readonly note: string }
  | { readonly state: "failed"; readonly error: AttemptError }
  /** `is_takeover`: the try was lost with its worker, and does not count (max_tries is raised). */
  | { readonly state: "up_for_retry"; readonly error: AttemptError; readonly not_before: Instant; readonly is_takeover: boolean }
  | { readonly state: "up_for_reschedule"; readonly cursor: Cursor | null; readonly report: StepReport; readonly not_before: Instant };

export interface Settlement {
  readonly ending: TaskEnding;
  /** Appended to the log of the try. */
  readonly log: string;
  readonly now: Instant;
  /** Only when the lease has run out at `now`: what a takeover must hold to. */
  readonly only_if_expired?: boolean;
}

/** What changed with a settlement or an evaluation, besides the task itself. */
export interface Progress {
  /** Tasks that became due. */
  readonly queued: readonly TaskKey[];
  /** The run's end state, when this ended it. */
  readonly run_ended: RunState | null;
}

export interface ExpiredLease {
  readonly lease: Lease;
  readonly max_tries: number;
  /** Takeovers since the task last finished a slice. */
  readonly takeovers: number;
}

export interface DueQuery {
  /** DAGs that this code knows; runs of others are left alone until it does. */
  readonly dag_ids: readonly string[];
  readonly now: Instant;
  readonly limit: number;
}

export interface DueWork {
  readonly tasks: readonly TaskKey[];
  readonly expired: readonly ExpiredLease[];
  /** Running runs with no active task: the definition has changed under them. */
  readonly stalled: readonly { readonly dag_id: string; readonly run_id: string }[];
  /** DAGs with queued runs, and how many run. */
  readonly waiting: readonly { readonly dag_id: string; readonly running: number }[];
  /** When the next task or lease falls due, if any does. */
  readonly next_due_at: Instant | null;
}

export interface RunsQuery {
  readonly state?: RunState;
  readonly limit: number;
  readonly offset: number;
}

/** What the API and the CLI read. */
export interface LedgerQueries {
  /** Newest data interval first. `dag_id` "~" means every DAG, as in Airflow. */
  runs(dag_id: string, query: RunsQuery): Promise<{ readonly runs: readonly DagRun[]; readonly total_entries: number }>;
  run(dag_id: string, run_id: string): Promise<DagRun | null>;
  taskInstances(dag_id: string, run_id: string): Promise<readonly TaskInstance[]>;
  attempts(key: TaskKey): Promise<readonly TaskAttempt[]>;
}

/**
 * Runs, tasks and tries. Every method is one transaction: a change of a task, its try, the tasks that follow from it and the run are
 * all written or none is.
 */
export interface Ledger extends LedgerQueries {
  /** Creates the run and its tasks once, and starts it if fewer than max_active_runs are running. */
  createRun(dag: DagDefinition, run: NewRun, now: Instant): Promise<CreatedRun>;
  /** Null when the task is not due, or somebody holds it. */
  claim(dag: DagDefinition, key: TaskKey, terms: LeaseTerms): Promise<ClaimedTask | null>;
  /** False when the lease is lost. */
  heartbeat(lease: Lease, lease_until: Instant): Promise<boolean>;
  /** Null when the lease is lost; then nothing was written. */
  settle(dag: DagDefinition, lease: Lease, settlement: Settlement): Promise<Progress | null>;
  /** Applies the trigger rules to every waiting task of a run, and ends the run if all are done. */
  evaluate(dag: DagDefinition, run_id: string, now: Instant): Promise<Progress>;
  /** Starts queued runs as far as max_active_runs allows. */
  startRuns(dag: DagDefinition, now: Instant): Promise<readonly TaskKey[]>;
  due(query: DueQuery): Promise<DueWork>;
}
