import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { MapKeyChoice } from "../../../../shared/dag/mapKeys.ts";

/** What people set of a DAG. No row: not paused. */
export const dagFlags = sqliteTable("dag_flags", {
  dag_id: text().primaryKey(),
  is_paused: integer().notNull(),
  changed_at: integer().notNull(),
});

/**
 * Intervals of a schedule that never got a run: a row a gap, found when the schedule next fired. Whether they were made up for since is
 * not kept here: the runs tell.
 */
export const missedRuns = sqliteTable(
  "missed_runs",
  {
    dag_id: text().notNull(),
    /** Start of the first interval of the gap, and end of the last. */
    data_interval_start: integer().notNull(),
    data_interval_end: integer().notNull(),
    /** How many intervals; counting stops at 1,000. */
    intervals: integer().notNull(),
    /** paused: the DAG was, for part of it at least. not_running: nothing fired the schedule. */
    reason: text().notNull(),
    found_at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.dag_id, table.data_interval_start] }), index("missed_runs_by_time").on(table.found_at)],
);

/** A span of the past that is run again in steps. Its runs are made one by one, from next_index on. */
export const backfills = sqliteTable(
  "backfills",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    dag_id: text().notNull(),
    /** Who asked, so that one request makes one backfill however often it is delivered. */
    request_id: text().notNull().unique("backfills_by_request"),
    from_date: integer().notNull(),
    to_date: integer().notNull(),
    step: text().notNull(),
    map_keys: text({ mode: "json" }).$type<MapKeyChoice>(),
    run_backwards: integer().notNull(),
    max_active_runs: integer().notNull(),
    reprocess_behavior: text().notNull(),
    dag_run_conf: text({ mode: "json" }).$type<Record<string, unknown>>().notNull(),
    reason: text(),
    is_paused: integer().notNull().default(0),
    total: integer().notNull(),
    next_index: integer().notNull().default(0),
    /** Intervals passed over because a run covers them already. */
    skipped: integer().notNull().default(0),
    /** Token of who took the last step: two sweeps may look at the same one. */
    step_token: text(),
    created_at: integer().notNull(),
    updated_at: integer().notNull(),
    completed_at: integer(),
    cancelled_at: integer(),
  },
  (table) => [index("backfills_open").on(table.dag_id).where(sql`completed_at IS NULL`)],
);

/** The outbox: what people are to be told, written with the change that it tells of, and delivered at least once. */
export const callbacks = sqliteTable(
  "callbacks",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    /** One a happening: the kind, what it happened to, and which time. */
    dedupe_key: text().notNull().unique("callbacks_by_happening"),
    kind: text().notNull(),
    dag_id: text().notNull(),
    run_id: text().notNull(),
    task_id: text(),
    map_key: text(),
    try_number: integer(),
    details: text({ mode: "json" }).$type<Record<string, unknown>>().notNull(),
    created_at: integer().notNull(),
    attempts: integer().notNull().default(0),
    next_attempt_at: integer().notNull(),
    delivered_at: integer(),
    last_error: text(),
  },
  (table) => [index("callbacks_pending").on(table.next_attempt_at).where(sql`delivered_at IS NULL`)],
);

/** Which ways to people have taken a notification already: one that is tried again is not told twice to those. */
export const callbackDeliveries = sqliteTable(
  "callback_deliveries",
  {
    /** The callback's. */
    dedupe_key: text().notNull(),
    channel: text().notNull(),
    told_at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.dedupe_key, table.channel] })],
);

/** Queue messages that could not be read or obeyed. */
export const deadLetters = sqliteTable(
  "dead_letters",
  {
    id: text().primaryKey(),
    queue: text().notNull(),
    body: text().notNull(),
    error: text().notNull(),
    received_at: integer().notNull(),
    replayed_at: integer(),
  },
  (table) => [index("dead_letters_by_time").on(table.received_at)],
);
