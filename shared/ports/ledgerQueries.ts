import type { TaskKey } from "../contracts/dags.ts";
import type { MissedReason } from "../dag/missedRuns.ts";
import type { Instant, TimeWindow } from "../domain/instant.ts";
import type { Filter } from "./filter.ts";
import type { GridRun, LedgerRun, LedgerTask, LedgerTry } from "./ledgerRecords.ts";
import type { Order } from "./order.ts";

/** When a run or a task was, as lists are sorted and filtered by it. */
type Moments =
  | "window_start"
  | "window_end"
  /** Start of the data interval; null of a run by hand. */
  | "scheduled_start"
  | "started_at"
  | "ended_at"
  /** Seconds from start to end. */
  | "duration"
  /** When it ended, else when it started, else when its run was queued. */
  | "updated_at";

/** What a list of runs may be sorted and filtered by. */
export type RunOrder = "dag_id" | "run_id" | "run_type" | "state" | "queued_at" | "conf" | Moments;

export interface RunsQuery {
  /** Absent: newest data interval first. */
  readonly order?: Order<RunOrder> | readonly Order<RunOrder>[];
  readonly where?: Filter<RunOrder>;
  readonly limit: number;
  readonly offset: number;
}

/** What a list of tasks may be sorted and filtered by. A state of null: it waits for tasks upstream. A pool of null: none. */
export type TaskOrder = "dag_id" | "run_id" | "task_id" | "map_key" | "map_index" | "state" | "try_number" | "pool" | Moments;

/** Of one run, of all of a DAG, or of every DAG: "~" stands for all. */
export interface TasksQuery {
  readonly dag_id: string;
  readonly run_id: string;
  /** Absent: newest data interval first, and in a run by task and map key. */
  readonly order?: readonly Order<TaskOrder>[];
  readonly where?: Filter<TaskOrder>;
  readonly limit: number;
  readonly offset: number;
}

/** A pool, and what holds and wants its slots. */
export interface PoolUse {
  readonly name: string;
  /** Null: as many as are wanted. */
  readonly slots: number | null;
  /** Tasks that wait to look again keep their slot. */
  readonly include_deferred: boolean;
  /** Slots that are held: a block of runs holds one. */
  readonly occupied: number;
  /** Those of them whose task runs. */
  readonly running: number;
  /** Tasks that may run as soon as there is a slot and a worker, or after their delay. */
  readonly waiting: number;
  /** Tasks that wait to look again. */
  readonly deferred: number;
}

/** A gap in the runs of a schedule. */
export interface MissedRuns {
  readonly dag_id: string;
  /** From the start of the first interval without a run to the end of the last. */
  readonly window: TimeWindow;
  /** How many intervals, counted up to MAX_COUNTED. */
  readonly intervals: number;
  readonly reason: MissedReason;
  readonly found_at: Instant;
  /** Runs that have not failed cover all of it by now. */
  readonly is_made_up: boolean;
}

export interface MissedQuery {
  /** "~": of every DAG. */
  readonly dag_id: string;
  /** Found after its start, up to its end. Absent: ever. */
  readonly found?: TimeWindow;
  readonly limit: number;
}

/** A page of a DAG's runs: the `limit` newest by data interval, and those of one interval by their id. */
export interface GridQuery {
  readonly dag_id: string;
  readonly limit: number;
  /** Behind this run in that order; absent: from the newest on. */
  readonly before?: { readonly window_end: Instant; readonly run_id: string };
  /** Runs whose interval ends by then. */
  readonly until?: Instant;
  /** Leaves out of the page what ended before this moment and was not touched since. A run that has not ended is always there. */
  readonly since?: Instant;
}

/** What the API and the CLI read. */
export interface LedgerQueries {
  /** `dag_id` "~" means every DAG, as in Airflow. */
  runs(dag_id: string, query: RunsQuery): Promise<{ readonly runs: readonly LedgerRun[]; readonly total_entries: number }>;
  run(dag_id: string, run_id: string): Promise<LedgerRun | null>;
  taskInstances(dag_id: string, run_id: string): Promise<readonly LedgerTask[]>;
  tasks(query: TasksQuery): Promise<{ readonly tasks: readonly LedgerTask[]; readonly total_entries: number }>;
  /** A page of runs with all their tasks, in one round trip. `next_before`: the page's last run; null: there is none behind it. */
  grid(query: GridQuery): Promise<{ readonly runs: readonly GridRun[]; readonly next_before: string | null }>;
  attempts(key: TaskKey): Promise<readonly LedgerTry[]>;
  /** The newest first. */
  missedRuns(query: MissedQuery): Promise<readonly MissedRuns[]>;
  /** Every pool, and last what needs none (NO_POOL). */
  pools(): Promise<readonly PoolUse[]>;
  /** How the schedule goes: when it last made a run, and since when a task that needs no slot has been due, of those that are. */
  pulse(now: Instant): Promise<{ readonly scheduled_at: Instant | null; readonly due_since: Instant | null }>;
}
