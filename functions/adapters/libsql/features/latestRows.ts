import type { Instant } from "../../../../shared/domain/instant.ts";
import type { Instrument } from "../../../../shared/domain/instrument.ts";
import type { FeatureRow } from "../../../../shared/ports/featureStore.ts";
import { unpackVector } from "../bulk.ts";
import type { Database } from "../database.ts";
import type { ViewKey } from "./viewKey.ts";

// At each moment of the JSON array ?4; moments without a row have none. A row is known at the end of its event at the earliest, so the key
// says where to begin to look. The cross join keeps the order: or SQLite would go over all rows of the view, and look for each of them.
const READ_LATEST = `SELECT m.key, r.event_time, r.created_time, r.available_at, r.vector FROM json_each(?4) m CROSS JOIN feature_rows r
  ON r.entity = ?1 AND r.view = ?2 AND r.schema_hash = ?3 AND (r.event_time, r.created_time, r.recorded_at) = (
    SELECT event_time, created_time, recorded_at FROM feature_rows WHERE entity = ?1 AND view = ?2 AND schema_hash = ?3
      AND event_time <= m.value AND available_at <= m.value AND created_time <= m.value AND recorded_at <= ?5
    ORDER BY event_time DESC, created_time DESC, recorded_at DESC LIMIT 1)`;

// Of each entity of the JSON array ?1, as READ_LATEST at each moment.
const READ_NEWEST = `SELECT e.key, r.event_time, r.created_time, r.available_at, r.vector FROM json_each(?1) e CROSS JOIN feature_rows r
  ON r.entity = e.value AND r.view = ?2 AND r.schema_hash = ?3 AND (r.event_time, r.created_time, r.recorded_at) = (
    SELECT event_time, created_time, recorded_at FROM feature_rows WHERE entity = e.value AND view = ?2 AND schema_hash = ?3
      AND event_time BETWEEN ?4 AND ?5 AND available_at <= ?6 AND created_time <= ?6
    ORDER BY event_time DESC, created_time DESC, recorded_at DESC LIMIT 1)`;

/** Moment by moment, view by view. */
export async function latestRows(
  database: Database,
  instrument: Instrument,
  views: readonly ViewKey[],
  moments: readonly Instant[],
  recorded_until: Instant,
): Promise<readonly (readonly (FeatureRow | null)[])[]> {
  const wanted = JSON.stringify(moments);
  const results = await database.$client.batch(
    views.map(({ view, schema_hash }) => ({ sql: READ_LATEST, args: [instrument, view, schema_hash, wanted, recorded_until] })),
    "read",
  );
  const found = results.map(({ rows }) => new Map(rows.map((row) => [Number(row[0]), toFeatureRow(row)])));
  return moments.map((_moment, index) => found.map((rows) => rows.get(index) ?? null));
}

/** Instrument by instrument, view by view: the newest row of an event within `from` to `to`, both inclusive, that is known at `as_of`. */
export async function newestWithin(
  database: Database,
  instruments: readonly Instrument[],
  views: readonly ViewKey[],
  { from, to }: { readonly from: Instant; readonly to: Instant },
  as_of: Instant,
): Promise<readonly (readonly (FeatureRow | null)[])[]> {
  if (views.length === 0) return instruments.map(() => []);
  const wanted = JSON.stringify(instruments);
  const results = await database.$client.batch(
    views.map(({ view, schema_hash }) => ({ sql: READ_NEWEST, args: [wanted, view, schema_hash, from, to, as_of] })),
    "read",
  );
  const found = results.map(({ rows }) => new Map(rows.map((row) => [Number(row[0]), toFeatureRow(row)])));
  return instruments.map((_instrument, index) => found.map((rows) => rows.get(index) ?? null));
}

function toFeatureRow(row: Readonly<Record<number, unknown>>): FeatureRow {
  return { event_time: Number(row[1]), created_time: Number(row[2]), available_at: Number(row[3]), values: unpackVector(row[4]) };
}
