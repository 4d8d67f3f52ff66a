import { isWithinTtl, type JoinOptions } from "../../../shared/features/isWithinTtl.ts";
import type { FeatureRow } from "../../../shared/ports/featureStore.ts";

/** A version of a row, and when the store recorded it. */
export interface RecordedRow {
  readonly row: FeatureRow;
  readonly recorded_at: number;
}

/**
 * What was known of a view at a moment, by going over all that was ever recorded: the slow way, which the store and its join are held to.
 * Of every (event_time, created_time) the version recorded last by `recorded_until` counts, if it could be known by then; of those that
 * could be known at the moment and are not too old the one of latest event_time, then created_time; or the one of so many events before it,
 * however old that is.
 */
export function naiveHistory(
  recorded: readonly RecordedRow[],
  moment: number,
  options: JoinOptions,
  recorded_until: number,
  rows_back = 0,
): Float64Array | null {
  const newest = new Map<string, RecordedRow>();
  for (const one of recorded) {
    if (one.recorded_at > recorded_until) continue;
    const { event_time, created_time, available_at } = one.row;
    const known = Math.max(event_time, created_time, available_at);
    if (known > moment || known > recorded_until) continue;
    const key = `${event_time} ${created_time}`;
    const before = newest.get(key);
    if (!before || one.recorded_at >= before.recorded_at) newest.set(key, one);
  }
  const rows = [...newest.values()]
    .map(({ row }) => row)
    .toSorted((a, b) => a.event_time - b.event_time || a.created_time - b.created_time);
  const events = [...new Set(rows.map(({ event_time }) => event_time))].toReversed();
  if (events[0] === undefined || !isWithinTtl(events[0], moment, options)) return null;
  return rows.findLast(({ event_time }) => event_time === events[rows_back])?.values ?? null;
}
