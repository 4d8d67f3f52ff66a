import type { FeatureRow } from "../ports/featureStore.ts";
import type { OnlineRow } from "../ports/onlineStore.ts";

/** A stored row in the online store's form: JSON has no NaN, so a missing value is null there. */
export function toOnlineRow(row: FeatureRow, schema_hash: string): OnlineRow {
  return {
    event_time: row.event_time,
    created_time: row.created_time,
    available_at: row.available_at,
    schema_hash,
    values: Array.from(row.values, (value) => (Number.isNaN(value) ? null : value)),
  };
}

/** The same row in memory again, NaN for null. */
export function fromOnlineRow(row: OnlineRow): FeatureRow {
  return {
    event_time: row.event_time,
    created_time: row.created_time,
    available_at: row.available_at,
    values: Float64Array.from(row.values, (value) => value ?? Number.NaN),
  };
}
