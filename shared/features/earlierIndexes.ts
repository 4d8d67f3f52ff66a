import { type KnownTimes, knownTimes } from "./joinIndexes.ts";

/**
 * Of each moment the index of the row of `rows_back` rows before the one that was joined to it (`joined`, of `joinIndexes`), of those that
 * were known at the moment, in the version known then; -1 where there is none. Rows of one event time are one row, in several versions.
 *
 * @param rows ascending by event_time, then created_time, then record, as the history of a store is
 */
export function earlierIndexes(moments: ArrayLike<number>, joined: Int32Array, rows: KnownTimes, rows_back: number): Int32Array {
  const { event_time } = rows;
  const known = knownTimes(rows);
  return joined.map((from, at) => {
    let left = rows_back;
    let row = from;
    for (let next = from - 1; next >= 0 && left > 0; next--) {
      if (event_time[next] === event_time[row] || known[next]! > moments[at]!) continue;
      row = next;
      left -= 1;
    }
    return left === 0 ? row : -1;
  });
}
