import type { Instant } from "../../shared/domain/instant.ts";
import { knownAt } from "../../shared/features/pointInTimeJoin.ts";
import type { OnlineRow, OnlineRows } from "../../shared/ports/onlineStore.ts";

export interface MergedRows {
  readonly rows: OnlineRows;
  /** How many of the new rows are in `rows`. */
  readonly written: number;
}

/**
 * View by view, the newer of both by (event_time, created_time). A repeat of the same row writes nothing. A stored row that is known only
 * after `now` was written before the clock went back, and gives way to any.
 */
export function mergeOnlineRows(stored: OnlineRows | null, incoming: OnlineRows, now: Instant): MergedRows {
  const rows: Record<string, OnlineRow> = { ...stored };
  let written = 0;
  for (const [view, row] of Object.entries(incoming)) {
    const old = rows[view];
    const clean = { ...row, values: row.values.map((value) => (value === null || Number.isNaN(value) ? null : value)) };
    if (old && knownAt(old) <= now && !isNewer(clean, old)) continue;
    rows[view] = clean;
    written += 1;
  }
  return { rows, written };
}

/** Several moments one after the other. `rows`: null where none of them brings anything. */
export function mergeEachOnlineRows(
  stored: OnlineRows | null,
  moments: readonly OnlineRows[],
  now: Instant,
): { readonly rows: OnlineRows | null; readonly written: readonly number[] } {
  let rows: OnlineRows | null = null;
  const written = moments.map((incoming) => {
    const merged = mergeOnlineRows(rows ?? stored, incoming, now);
    if (merged.written > 0) rows = merged.rows;
    return merged.written;
  });
  return { rows, written };
}

/**
 * At the same times, another content is the same event built again: with a new definition, or because a bar of another
 * instrument came late. It replaces the old row without waiting for a newer bar.
 */
function isNewer(row: OnlineRow, old: OnlineRow): boolean {
  if (row.event_time !== old.event_time) return row.event_time > old.event_time;
  if (row.created_time !== old.created_time) return row.created_time > old.created_time;
  return row.schema_hash !== old.schema_hash || row.values.some((value, index) => value !== old.values[index]);
}
