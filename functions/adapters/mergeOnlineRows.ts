import type { OnlineRow, OnlineRows } from "../../shared/ports/onlineStore.ts";

export interface MergedRows {
  readonly rows: OnlineRows;
  /** How many of the new rows are in `rows`. */
  readonly written: number;
}

/** View by view, the newer of both by (event_time, created_time). An equal one is not newer: a repeat writes nothing. */
export function mergeOnlineRows(stored: OnlineRows | null, incoming: OnlineRows): MergedRows {
  const rows: Record<string, OnlineRow> = { ...stored };
  let written = 0;
  for (const [view, row] of Object.entries(incoming)) {
    const old = rows[view];
    if (old && !isNewer(row, old)) continue;
    rows[view] = { ...row, values: row.values.map((value) => (value === null || Number.isNaN(value) ? null : value)) };
    written += 1;
  }
  return { rows, written };
}

/** Another schema is a new definition of the same event: it replaces the old one's row without waiting for a newer bar. */
function isNewer(row: OnlineRow, old: OnlineRow): boolean {
  if (row.event_time !== old.event_time) return row.event_time > old.event_time;
  if (row.created_time !== old.created_time) return row.created_time > old.created_time;
  return row.schema_hash !== old.schema_hash;
}
