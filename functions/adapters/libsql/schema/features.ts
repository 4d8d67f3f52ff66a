import { customType, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { copiedBuffer } from "../../../../shared/domain/copiedBuffer.ts";

/** Float64Array as a little-endian blob; NaN stands for null (libSQL refuses NaN as a number but keeps it in a blob). */
export const float64Blob = customType<{ data: Float64Array; driverData: ArrayBuffer | Uint8Array }>({
  dataType: () => "blob",
  toDriver: (values) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  fromDriver: (blob) => {
    const bytes = blob instanceof Uint8Array ? blob : new Uint8Array(blob);
    return new Float64Array(copiedBuffer(bytes));
  },
});

/** A view's schema: the ordered features that a row's vector stands for. One row a (view, schema_hash), never changed. */
export const featureViews = sqliteTable(
  "feature_views",
  {
    view: text().notNull(),
    schema_hash: text().notNull(),
    ttl_ms: integer().notNull(),
    /** JSON array of RegisteredFeature. */
    features: text({ mode: "json" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.view, table.schema_hash] })],
);

/**
 * Silver and gold rows, every version of each. WITHOUT ROWID (see the migration): the key is the row's place on disk, and the versions of a
 * row lie together in the order of their recording.
 */
export const featureRows = sqliteTable(
  "feature_rows",
  {
    entity: text().notNull(),
    view: text().notNull(),
    schema_hash: text().notNull(),
    event_time: integer().notNull(),
    created_time: integer().notNull(),
    available_at: integer().notNull(),
    /** When this store got this version, by the clock: what it knew at a moment are the versions recorded by then. */
    recorded_at: integer().notNull(),
    vector: float64Blob().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.entity, table.view, table.schema_hash, table.event_time, table.created_time, table.recorded_at] }),
  ],
);

/** How far each view is built for each instrument; a late bar lowers it. */
export const featureProgress = sqliteTable(
  "feature_progress",
  {
    entity: text().notNull(),
    view: text().notNull(),
    schema_hash: text().notNull(),
    built_until: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.entity, table.view, table.schema_hash] })],
);
