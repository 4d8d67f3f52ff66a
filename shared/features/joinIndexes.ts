import { isWithinTtl, type JoinOptions } from "./isWithinTtl.ts";

/** Times of the rows that may be joined, row by row; milliseconds. */
export interface KnownTimes {
  readonly event_time: ArrayLike<number>;
  readonly available_at: ArrayLike<number>;
  readonly created_time: ArrayLike<number>;
}

/**
 * Of each moment T the index of the row that was known then, -1 where there is none: of those with event_time <= T, available_at <= T,
 * created_time <= T and age at most the TTL the one of latest event_time, then latest created_time, then last given. Both ends are
 * inclusive.
 *
 * A merge, O(n + m) when both sides ascend (rows by the moment they became known), after a sort otherwise: rows become known one after
 * another, and of those known the best by (event_time, created_time) is kept. An older one cannot win later, and when the best is too
 * old, all are.
 */
export function joinIndexes(moments: ArrayLike<number>, rows: KnownTimes, options: JoinOptions): Int32Array {
  const { event_time, created_time } = rows;
  const known = knownTimes(rows);
  const arrivals = ascendingOrder(known);
  const order = ascendingOrder(moments);
  const joined = new Int32Array(moments.length);
  let best = -1;
  let next = 0;
  for (let i = 0; i < order.length; i++) {
    const index = order[i]!;
    const moment = moments[index]!;
    for (; next < arrivals.length && known[arrivals[next]!]! <= moment; next++) {
      const row = arrivals[next]!;
      if (best === -1 || isNewer(event_time, created_time, row, best)) best = row;
    }
    joined[index] = best !== -1 && isWithinTtl(event_time[best]!, moment, options) ? best : -1;
  }
  return joined;
}

/** When each row, in this version of it, could first be used: `knownAt` of many. */
export function knownTimes({ event_time, available_at, created_time }: KnownTimes): Float64Array {
  const known = new Float64Array(event_time.length);
  for (let i = 0; i < known.length; i++) known[i] = Math.max(event_time[i]!, available_at[i]!, created_time[i]!);
  return known;
}

/** Of rows that say the same times the last given wins. */
function isNewer(event_time: ArrayLike<number>, created_time: ArrayLike<number>, row: number, best: number): boolean {
  if (event_time[row] !== event_time[best]) return event_time[row]! > event_time[best]!;
  if (created_time[row] !== created_time[best]) return created_time[row]! > created_time[best]!;
  return row > best;
}

/** Indexes in the order of the values; those of equal values in their own order. */
function ascendingOrder(values: ArrayLike<number>): Int32Array {
  const order = new Int32Array(values.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  for (let i = 1; i < values.length; i++) if (values[i - 1]! > values[i]!) return order.sort((a, b) => values[a]! - values[b]! || a - b);
  return order;
}
