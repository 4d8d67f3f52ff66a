import { index, integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
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
  },
  (table) => [index("predictions_by_time").on(table.instrument, table.requested_at)],
);
