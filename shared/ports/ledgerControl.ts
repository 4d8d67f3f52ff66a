import type { TaskKey } from "../contracts/dags.ts";
import type { DagDefinition } from "../dag/dag.ts";
import type { Instant, TimeWindow } from "../domain/instant.ts";
import type { LedgerRun, LedgerTask } from "./ledgerRecords.ts";

/** Tasks of runs, as people pick them. */
export interface InstanceQuery {
  readonly dag_id: string;
  readonly run_id?: string;
  /** Runs whose data interval lies in it. */
  readonly within?: TimeWindow;
  /** One more is returned when there are more. */
  readonly limit: number;
}

export interface ClearTerms {
  readonly keys: readonly TaskKey[];
  /** Running tasks: refuse, or take the lease from their worker. */
  readonly may_revoke: boolean;
  /** Deadline of each run that is reopened. */
  readonly deadline_at: Instant | null;
  readonly now: Instant;
}

/** What people do to tasks and runs. `queued` of an answer: tasks that are due now. */
export interface Changed {
  readonly changed: readonly TaskKey[];
  readonly queued: readonly TaskKey[];
}

/** Why a task does not run, as plain facts of one moment. */
export interface TaskFacts {
  readonly run: LedgerRun;
  readonly task: LedgerTask;
  readonly lease_until: Instant | null;
  readonly upstream: readonly LedgerTask[];
  readonly is_dag_paused: boolean;
  /** The backfill that the run belongs to. */
  readonly backfill: { readonly id: number; readonly is_paused: boolean; readonly max_active_runs: number } | null;
  /** Runs that count against the same max_active_runs. */
  readonly running_runs: readonly string[];
  /** Null: the task has no pool. */
  readonly pool: {
    readonly name: string;
    readonly slots: number;
    readonly holders: readonly TaskKey[];
    readonly is_holder: boolean;
  } | null;
}

export interface LedgerControl {
  instances(query: InstanceQuery): Promise<readonly LedgerTask[]>;
  /**
   * Makes the tasks wait to run again, with their tries kept and max_tries raised, opens their runs again and applies the trigger rules.
   * Null: one of them runs, and may_revoke is false; then nothing was written.
   */
  clear(dag: DagDefinition, terms: ClearTerms): Promise<Changed | null>;
  /** Sets the state of a task whatever it was (a worker that runs it loses its lease), and lets failed tasks after it run again. */
  markTask(dag: DagDefinition, key: TaskKey, state: "success" | "failed" | "skipped", note: string, now: Instant): Promise<Changed>;
  /** Ends a run: failed fails its running tasks and skips the waiting ones, success makes both and the failed ones succeed. */
  markRun(dag: DagDefinition, run_id: string, state: "success" | "failed", note: string, now: Instant): Promise<Changed>;
  /** Of a paused DAG no run and no task starts; what runs goes on to the end of its slice. */
  setPaused(dag: DagDefinition, is_paused: boolean, now: Instant): Promise<readonly TaskKey[]>;
  pausedDags(): Promise<readonly string[]>;
  facts(dag: DagDefinition, key: TaskKey): Promise<TaskFacts | null>;
}
