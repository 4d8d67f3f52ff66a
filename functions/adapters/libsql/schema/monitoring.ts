import { sql } from "drizzle-orm";
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** What a check measured, once a run of the monitoring DAG. */
export const monitorReadings = sqliteTable(
  "monitor_readings",
  {
    check: text().notNull(),
    /** Instrument, source, model, queue ...; "" for the whole. */
    subject: text().notNull(),
    metric: text().notNull(),
    /** End of the run's data interval. */
    measured_at: integer().notNull(),
    /** Null: not measurable (details say why). */
    value: real(),
    low: real(),
    high: real(),
    /** Observations behind the value. */
    n: integer(),
    threshold: real(),
    /** ok, warning, breach or unknown. */
    status: text().notNull(),
    details: text({ mode: "json" }).$type<Record<string, unknown>>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.check, table.subject, table.metric, table.measured_at] }),
    index("monitor_readings_by_time").on(table.measured_at),
  ],
);

/** One row an alert from its first firing to its end; the same trouble later is a new row. */
export const alerts = sqliteTable(
  "alerts",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    /** check/subject/metric. */
    fingerprint: text().notNull(),
    check: text().notNull(),
    subject: text().notNull(),
    metric: text().notNull(),
    /** warning or critical. */
    severity: text().notNull(),
    /** firing or resolved. */
    state: text().notNull(),
    summary: text().notNull(),
    value: real(),
    threshold: real(),
    starts_at: integer().notNull(),
    last_seen_at: integer().notNull(),
    ends_at: integer(),
  },
  (table) => [
    index("alerts_by_time").on(table.starts_at),
    // One firing alert a fingerprint, whoever writes.
    uniqueIndex("alerts_firing").on(table.fingerprint).where(sql`state = 'firing'`),
  ],
);
