import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** One run of a DAG over one data interval. */
export const dagRuns = sqliteTable(
  "dag_runs",
  {
    dag_id: text().notNull(),
    run_id: text().notNull(),
    run_type: text().notNull(),
    state: text().notNull(),
    data_interval_start: integer().notNull(),
    data_interval_end: integer().notNull(),
    conf: text({ mode: "json" }).$type<Record<string, unknown>>().notNull(),
    triggered_by: text().notNull(),
    queued_at: integer().notNull(),
    start_date: integer(),
    end_date: integer(),
    /** The backfill that made it or runs it again, and its place there. */
    backfill_id: integer(),
    backfill_index: integer(),
    deadline_at: integer(),
    /** deadline_at until it was looked at: null once the run ended in time or was found late. */
    deadline_check_at: integer(),
    deadline_missed_at: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.dag_id, table.run_id] }),
    index("dag_runs_by_dag_state").on(table.dag_id, table.state),
    index("dag_runs_by_backfill").on(table.backfill_id, table.state).where(sql`backfill_id IS NOT NULL`),
    index("dag_runs_by_deadline").on(table.deadline_check_at).where(sql`deadline_check_at IS NOT NULL`),
    index("dag_runs_by_state").on(table.state, table.queued_at),
    index("dag_runs_by_interval").on(table.dag_id, table.data_interval_end),
  ],
);

/** One task of a run; a mapped task has one row a map_key. A claim is a conditional UPDATE that sets the lease. */
export const taskInstances = sqliteTable(
  "task_instances",
  {
    dag_id: text().notNull(),
    run_id: text().notNull(),
    task_id: text().notNull(),
    map_key: text().notNull(),
    state: text().notNull(),
    try_number: integer().notNull(),
    max_tries: integer().notNull(),
    /** Leases lost since the last finished slice: a bounded number of them costs no retry. */
    takeovers: integer().notNull().default(0),
    /** Random token of the claim that runs it now; a writer without it writes nothing. */
    lease_token: text(),
    lease_until: integer(),
    /** Not before this: a retry's backoff or a reschedule's wait. */
    not_before: integer().notNull(),
    cursor: text({ mode: "json" }).$type<Record<string, unknown>>(),
    report: text({ mode: "json" }).$type<Record<string, unknown>>(),
    note: text(),
    start_date: integer(),
    end_date: integer(),
    pool: text(),
    /** First start since the run began or the task was cleared: what the timeout of a sensor counts from. */
    first_start_date: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.dag_id, table.run_id, table.task_id, table.map_key] }),
    index("task_instances_due").on(table.state, table.not_before),
    index("task_instances_leased").on(table.state, table.lease_until),
  ],
);

/** Every try, for ever: when, how it ended, what it reported and logged. */
export const taskAttempts = sqliteTable(
  "task_attempts",
  {
    dag_id: text().notNull(),
    run_id: text().notNull(),
    task_id: text().notNull(),
    map_key: text().notNull(),
    try_number: integer().notNull(),
    state: text().notNull(),
    start_date: integer().notNull(),
    end_date: integer(),
    error: text({ mode: "json" }).$type<{ code: string; message: string; retryable: boolean }>(),
    report: text({ mode: "json" }).$type<Record<string, unknown>>(),
    log: text().notNull().default(""),
  },
  (table) => [primaryKey({ columns: [table.dag_id, table.run_id, table.task_id, table.map_key, table.try_number] })],
);
