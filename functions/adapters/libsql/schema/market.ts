import { index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Facts about the whole store, such as the market that it holds. */
export const storeFacts = sqliteTable("store_facts", {
  key: text().primaryKey(),
  value: text().notNull(),
});

/** Manifest of bronze: one row an immutable object in R2. */
export const bronzeObjects = sqliteTable(
  "bronze_objects",
  {
    key: text().primaryKey(),
    origin: text().notNull(),
    instrument: text().notNull(),
    granularity: text().notNull(),
    sha256: text().notNull(),
    bytes: integer().notNull(),
    lines: integer().notNull(),
    window_start: integer().notNull(),
    window_end: integer().notNull(),
    ingested_at: integer().notNull(),
    /** Null until validate_bronze has turned every line into a bar or a reject. */
    validated_at: integer(),
    /** What an import asked for (ImportWishes): null and 0 for what was collected. */
    import_id: text(),
    replaces: integer({ mode: "boolean" }).notNull().default(false),
    accepts_spikes: integer({ mode: "boolean" }).notNull().default(false),
  },
  (table) => [
    index("bronze_objects_pending").on(table.instrument, table.validated_at, table.ingested_at),
    index("bronze_objects_import").on(table.import_id),
  ],
);

/** Columns of a finished candle. event_time and available_at are both start + granularity, kept so that every reader can filter by knowledge time. */
const barColumns = {
  instrument: text().notNull(),
  granularity: text().notNull(),
  start: integer().notNull(),
  event_time: integer().notNull(),
  available_at: integer().notNull(),
  ingested_at: integer().notNull(),
  mid_o: real().notNull(),
  mid_h: real().notNull(),
  mid_l: real().notNull(),
  mid_c: real().notNull(),
  bid_o: real(),
  bid_h: real(),
  bid_l: real(),
  bid_c: real(),
  ask_o: real(),
  ask_h: real(),
  ask_l: real(),
  ask_c: real(),
  volume: real(),
  object_key: text().notNull(),
};

/** Finished candles, as this store knows them now. */
export const bars = sqliteTable("bars", barColumns, (table) => [
  primaryKey({ columns: [table.instrument, table.granularity, table.start] }),
]);

/** Bars as they stood before an import replaced them: known to this store from ingested_at until superseded_at. */
export const barVersions = sqliteTable(
  "bar_versions",
  {
    ...barColumns,
    superseded_at: integer().notNull(),
    /** The object whose line took its place. */
    superseded_by: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.instrument, table.granularity, table.start, table.superseded_at, table.superseded_by] })],
);

/** Lines of bronze that did not become bars: of each import and reason the first ones. */
export const rejects = sqliteTable(
  "rejects",
  {
    object_key: text().notNull(),
    line: integer().notNull(),
    instrument: text().notNull(),
    reason: text().notNull(),
    detail: text().notNull(),
    raw: text().notNull(),
    ingested_at: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.object_key, table.line] }),
    index("rejects_by_reason").on(table.instrument, table.reason),
    index("rejects_by_time").on(table.ingested_at),
  ],
);

/** How many lines of each object were refused, by reason: all of them, and those whose text is kept. */
export const rejectCounts = sqliteTable(
  "reject_counts",
  {
    object_key: text().notNull(),
    reason: text().notNull(),
    instrument: text().notNull(),
    total: integer().notNull(),
    kept: integer().notNull(),
    ingested_at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.object_key, table.reason] }), index("reject_counts_by_time").on(table.ingested_at)],
);
