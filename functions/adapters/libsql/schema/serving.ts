import { index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { float64Blob } from "./features.ts";

/** Served answers with the vectors that made them. */
export const predictions = sqliteTable(
  "predictions",
  {
    prediction_id: text().primaryKey(),
    instrument: text().notNull(),
    model_name: text().notNull(),
    model_version: text().notNull(),
    event_time: integer().notNull(),
    target_start: integer().notNull(),
    prediction: real().notNull(),
    requested_at: integer().notNull(),
    as_of: integer(),
    features: float64Blob().notNull(),
    /** What making the answer took, in microseconds. Null of those from before it was taken. */
    latency_us: integer(),
  },
  (table) => [index("predictions_by_time").on(table.instrument, table.requested_at)],
);

/** What was reported of outcomes: the first report of a row's bars, by whom. Never changed. */
export const feedback = sqliteTable(
  "feedback",
  {
    instrument: text().notNull(),
    /** Of the row that the predictions were made on. */
    event_time: integer().notNull(),
    horizon_bars: integer().notNull(),
    realized_direction: text().notNull(),
    /** Mid at the end of the last predicted bar; null where only the direction was said. */
    realized_price: real(),
    source: text().notNull(),
    reported_at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.instrument, table.event_time, table.horizon_bars] })],
);
