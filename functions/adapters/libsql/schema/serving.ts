import { sql } from "drizzle-orm";
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
    /** Who asked: user, or pipeline. */
    source: text().notNull().default("user"),
  },
  (table) => [
    index("predictions_by_time").on(table.instrument, table.requested_at),
    index("predictions_of_pipeline").on(table.instrument, table.requested_at).where(sql`source = 'pipeline'`),
  ],
);

/** The rows of features that predictions were made on, each once however often it was asked about: whose outcome is to be found. */
export const predictedBars = sqliteTable(
  "predicted_bars",
  {
    instrument: text().notNull(),
    event_time: integer().notNull(),
    model_name: text().notNull(),
    /** 0 once its outcome stands in outcomes by the bars. */
    is_open: integer().notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.instrument, table.event_time, table.model_name] }),
    index("predicted_bars_open").on(table.instrument, table.event_time).where(sql`is_open = 1`),
  ],
);

/** What became of predictions: of all that were made on one row and look as far ahead. A correction is another version. Never changed. */
export const outcomes = sqliteTable(
  "outcomes",
  {
    instrument: text().notNull(),
    event_time: integer().notNull(),
    horizon_bars: integer().notNull(),
    /** From 1. */
    version: integer().notNull(),
    target_end: integer().notNull(),
    realized_direction: text().notNull(),
    return_bp: real(),
    /** bars, or who reported it. */
    source: text().notNull(),
    by_bars: text(),
    /** The two closes that decide it, and since when this store has those bars; null where one is missing. */
    mid_from: real(),
    mid_to: real(),
    from_ingested_at: integer(),
    to_ingested_at: integer(),
    known_at: integer().notNull(),
    settled_at: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.instrument, table.event_time, table.horizon_bars, table.version] }),
    index("outcomes_by_end").on(table.instrument, table.target_end),
  ],
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

/** The texts of the online store by their keys, where it is in libSQL as well as in KV: of `fx serve --node`. */
export const kvValues = sqliteTable("kv_values", { key: text().primaryKey(), value: text().notNull() });
