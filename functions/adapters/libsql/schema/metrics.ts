import { integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * What GET /metrics counts, where a row tells of it: triggers (see the migration) add to these in the transaction of the row itself, so that
 * they are the log, and no scrape has to read it.
 */
export const predictionTotals = sqliteTable(
  "prediction_totals",
  {
    instrument: text().notNull(),
    /** 1: asked about a moment of the past. */
    is_past: integer().notNull(),
    /** Who asked: user, or pipeline. */
    source: text().notNull(),
    /** Upper bound in microseconds that the latency is within (shared/monitoring/durationBounds.ts); -1: it was not taken. */
    bucket: integer().notNull(),
    answers: integer().notNull(),
    latency_us: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.instrument, table.is_past, table.source, table.bucket] })],
);

/** Tries of tasks that have ended. */
export const taskTotals = sqliteTable(
  "task_totals",
  {
    dag_id: text().notNull(),
    /** How the try ended. */
    state: text().notNull(),
    /** Upper bound in milliseconds that it lasted. */
    bucket: integer().notNull(),
    tries: integer().notNull(),
    duration_ms: integer().notNull(),
    /** End of the newest of them. */
    last_end: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.dag_id, table.state, table.bucket] })],
);

/** What isolates count by themselves and add here from time to time: requests, reads of the online store. */
export const metricCounters = sqliteTable(
  "metric_counters",
  {
    name: text().notNull(),
    /** JSON object, its names in the order of the meter that writes them. */
    labels: text().notNull(),
    value: real().notNull(),
  },
  (table) => [primaryKey({ columns: [table.name, table.labels] })],
);

/** The last addition of each isolate, so that one that is repeated adds nothing. */
export const metricWriters = sqliteTable("metric_writers", {
  writer: text().primaryKey(),
  sequence: integer().notNull(),
  written_at: integer().notNull(),
});
