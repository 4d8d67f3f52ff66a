import type { AttemptError, RunType, TaskKey, TriggeredBy } from "../contracts/dags.ts";
import type { CallbackKind, DagDefinition } from "../dag/dag.ts";
import type { MissedReason } from "../dag/missedRuns.ts";
import type { Cursor, StepReport } from "../dag/step.ts";
import type { RunState } from "../dag/taskState.ts";
import type { Instant, TimeWindow } from "../domain/instant.ts";
import type { Effect } from "./effect.ts";
import type { LedgerControl } from "./ledgerControl.ts";
import type { LedgerQueries, MissedRuns } from "./ledgerQueries.ts";
import type { LedgerRun } from "./ledgerRecords.ts";

export interface NewTask {
  readonly task_id: string;
  readonly map_key: string;
  /** Retries, as in Airflow: a task may be tried max_tries + 1 times. */
  readonly max_tries: number;
  readonly pool: string | null;
}

export interface NewRun {
  readonly dag_id: string;
  readonly run_id: string;
  readonly run_type: RunType;
  readonly window: TimeWindow;
  readonly conf: Readonly<Record<string, unknown>>;
  readonly triggered_by: TriggeredBy;
  /** When the run counts as late, if ever. */
  readonly deadline_at: Instant | null;
  readonly tasks: readonly NewTask[];
}

export interface CreatedRun {
  /** The run under this id, whoever created it. */
  readonly run: LedgerRun;
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
  /** When the task was first started since its run began or it was cleared. */
  readonly first_started_at: Instant;
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
  | {
      readonly state: "up_for_reschedule";
      readonly cursor: Cursor | null;
      readonly report: StepReport;
      readonly not_before: Instant /** What it waits for. */;
      readonly note?: string;
    };

/** How the slice of a task ended, and what is written with that. */
export interface EndedTask {
  readonly lease: Lease;
  readonly ending: TaskEnding;
  /** Appended to the log of the try. */
  readonly log: string;
  /** What people are to be told of the task's end, written with it. */
  readonly callbacks?: readonly CallbackKind[];
  /** Writes that the step prepared: done with the settlement, or not at all. */
  readonly effects?: readonly Effect[];
}

interface SettlementTerms {
  readonly now: Instant;
  /** Only when the lease has run out at `now`: what a takeover must hold to. */
  readonly only_if_expired?: boolean;
}

export interface Settlement extends SettlementTerms, Omit<EndedTask, "lease"> {}

/** Of the tasks of a block. */
export interface BlockSettlement extends SettlementTerms {
  readonly ended: readonly EndedTask[];
}

/** What one slice takes on: the same task of one run, or of several runs of one backfill, in the order in which it takes its intervals. */
export interface ClaimedBlock {
  /** Empty: nothing is due, somebody holds it, its pool is full, or its DAG is paused. */
  readonly tasks: readonly ClaimedTask[];
  /** A task that is due with it and is not of the block, of which no hint may speak. */
  readonly next: TaskKey | null;
}

/** What changed with a settlement or an evaluation, besides the task itself. */
export interface Progress {
  /** Tasks that became due: those that follow, those of runs that now start, and those that waited for a slot that came free. */
  readonly queued: readonly TaskKey[];
  /** The run's end state, when this ended it; of a block, that of one of its runs. */
  readonly run_ended: RunState | null;
  /** The backfill of the run that ended: it may take its next interval. */
  readonly backfill_id: number | null;
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
  /** DAGs with queued runs that may start, how many run, and how many may: null leaves it to the DAG, a backfill has its own. */
  readonly waiting: readonly { readonly dag_id: string; readonly running: number; readonly limit: number | null }[];
  /** Backfills that can take a further step. */
  readonly backfill_ids: readonly number[];
  /** Runs that are late and were not told of yet. */
  readonly late_runs: number;
  /** Callbacks that are to be delivered. */
  readonly pending_callbacks: number;
  /** When the next task or lease falls due, if any does. */
  readonly next_due_at: Instant | null;
}

/**
 * Runs, tasks and tries. Every method is one transaction: a change of a task, its try, the tasks that follow from it and the run are
 * all written or none is.
 */
export interface Ledger extends LedgerQueries, LedgerControl {
  /**
   * Creates the run and its tasks once, and starts it if fewer than max_active_runs are running. A scheduled run is not created where a
   * run of the schedule or a full backfill covers its interval: that one is returned.
   */
  createRun(dag: DagDefinition, run: NewRun, now: Instant): Promise<CreatedRun>;
  /** Null when the task is not due, somebody holds it, its pool is full, or its DAG is paused. */
  claim(dag: DagDefinition, key: TaskKey, terms: LeaseTerms): Promise<ClaimedTask | null>;
  /**
   * `claim` of a block. Where the definition allows it (block_ms) and the task has its first try before it, the same task of other runs of
   * its backfill is taken with it, if it is due too: the first ones whose data intervals together are no longer than that. All get the same
   * lease, which holds one slot of their pool.
   */
  claimBlock(dag: DagDefinition, key: TaskKey, terms: LeaseTerms): Promise<ClaimedBlock>;
  /** False when the lease is lost. */
  heartbeat(lease: Lease, lease_until: Instant): Promise<boolean>;
  /** Of a block: false when all of it is lost. */
  heartbeatBlock(leases: readonly Lease[], lease_until: Instant): Promise<boolean>;
  /** Null when the lease is lost; then nothing was written. */
  settle(dag: DagDefinition, lease: Lease, settlement: Settlement): Promise<Progress | null>;
  /** `settle` of a block. Null when one of its leases is lost; then nothing was written, of none. */
  settleBlock(dag: DagDefinition, settlement: BlockSettlement): Promise<Progress | null>;
  /** Applies the trigger rules to every waiting task of a run, and ends the run if all are done. */
  evaluate(dag: DagDefinition, run_id: string, now: Instant): Promise<Progress>;
  /** Starts queued runs as far as max_active_runs allows. */
  startRuns(dag: DagDefinition, now: Instant): Promise<readonly TaskKey[]>;
  /** What lies between the runs that the DAG has and an interval of its schedule that starts at `start`; null: nothing, or no run yet. */
  gapBefore(dag_id: string, start: Instant): Promise<(TimeWindow & { readonly reason: MissedReason }) | null>;
  /** Once a gap, however often it is found. */
  noteMissed(missed: Omit<MissedRuns, "is_made_up">): Promise<void>;
  due(query: DueQuery): Promise<DueWork>;
  /** Marks runs that are past their deadline as late, each once, and writes the callbacks. Returns how many. */
  missDeadlines(now: Instant): Promise<number>;
}
