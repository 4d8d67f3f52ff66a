import type { TaskKey } from "../contracts/dags.ts";
import type { BackfillStep } from "../dag/backfillIntervals.ts";
import type { DagDefinition } from "../dag/dag.ts";
import type { MapKeyChoice } from "../dag/mapKeys.ts";
import type { RunState } from "../dag/taskState.ts";
import type { Instant, TimeWindow } from "../domain/instant.ts";
import type { NewRun } from "./ledger.ts";
import type { Order } from "./order.ts";

export type ReprocessBehavior = "none" | "failed" | "completed";

export interface NewBackfill {
  readonly dag_id: string;
  readonly request_id: string;
  readonly window: TimeWindow;
  readonly step: BackfillStep;
  /** Null: the configured keys, as they are when each run is made; so too of a dimension that is left out. */
  readonly map_keys: MapKeyChoice | null;
  readonly run_backwards: boolean;
  readonly max_active_runs: number;
  readonly reprocess_behavior: ReprocessBehavior;
  readonly conf: Readonly<Record<string, unknown>>;
  readonly reason: string | null;
  /** Intervals of the window. */
  readonly total: number;
}

export interface Backfill extends NewBackfill {
  readonly id: number;
  readonly is_paused: boolean;
  /** The next interval to make a run for. */
  readonly next_index: number;
  readonly skipped: number;
  readonly created_at: Instant;
  readonly updated_at: Instant;
  readonly completed_at: Instant | null;
  readonly cancelled_at: Instant | null;
  /** States of its runs so far. */
  readonly runs: Readonly<Record<RunState, number>>;
}

/** A run that covers the same interval for the same map keys. */
export interface CoveringRun {
  readonly run_id: string;
  readonly state: RunState;
}

/** Takes an interval of a backfill, and as many after it as there are moves: nobody takes one twice. */
export interface BackfillTurn {
  readonly id: number;
  readonly index: number;
  /** New at every call. */
  readonly token: string;
  readonly now: Instant;
}

/** What is done about one interval: a new run, a run again of one that is there, or nothing. */
export type BackfillMove =
  | { readonly kind: "create"; readonly run: NewRun }
  | {
      readonly kind: "rerun";
      readonly run_id: string;
      readonly conf: Readonly<Record<string, unknown>>;
      readonly deadline_at: Instant | null;
    }
  | { readonly kind: "skip" };

/** What a list of backfills may be sorted by. */
export type BackfillOrder = "id" | "dag_id" | "window_start" | "window_end" | "created_at" | "updated_at" | "completed_at";

export interface BackfillsQuery {
  readonly dag_id?: string;
  readonly limit: number;
  readonly offset: number;
  /** Absent: newest first. */
  readonly order?: Order<BackfillOrder> | readonly Order<BackfillOrder>[];
}

export interface BackfillStore {
  /** The backfill of this request_id, whoever created it first. */
  create(backfill: NewBackfill, now: Instant): Promise<{ readonly backfill: Backfill; readonly created: boolean }>;
  find(id: number): Promise<Backfill | null>;
  list(query: BackfillsQuery): Promise<{
    readonly backfills: readonly Backfill[];
    readonly total_entries: number;
  }>;
  /** The newest run over this interval that has tasks for all these keys, of whichever dimension; an active one before all. */
  covering(dag_id: string, window: TimeWindow, map_keys: readonly string[]): Promise<CoveringRun | null>;
  /** `covering` of each of several intervals, in one round trip. */
  coverings(dag_id: string, windows: readonly TimeWindow[], map_keys: readonly string[]): Promise<readonly (CoveringRun | null)[]>;
  /**
   * All moves in one transaction. Null when the turn was not to be had: taken by another, paused, cancelled, or there would be more than
   * max_active_runs.
   */
  take(dag: DagDefinition, turn: BackfillTurn, ...moves: readonly BackfillMove[]): Promise<readonly TaskKey[] | null>;
  /** Ends it when every interval was taken and no run is active. */
  complete(id: number, now: Instant): Promise<void>;
  /** Paused: no further run of it starts. Null when it has ended. */
  setPaused(dag: DagDefinition, id: number, is_paused: boolean, now: Instant): Promise<readonly TaskKey[] | null>;
  /** Its queued runs fail, running ones go on to their end. False when it has ended. */
  cancel(id: number, now: Instant): Promise<boolean>;
}
