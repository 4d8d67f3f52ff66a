import { GRANULARITY_MS, type Granularity } from "../domain/granularity.ts";
import { type Instant, MINUTE, WEEK } from "../domain/instant.ts";
import { isMarketOpen, openMarketMs } from "../domain/marketCalendar.ts";

/** Market hours are counted for at most so many spacings: a day of them costs as much as the rest of the import of a bar. */
const MAX_COUNTED = 200;

/**
 * The spacing of rows that are no bars of `granularity`, in milliseconds of open market; null when they may be. It is the median, and what
 * at least half of the spacings are: rows that are a day apart each are a daily file, and rows picked here and there are not.
 */
export function findWrongSpacing(starts: readonly Instant[], granularity: Granularity): number | null {
  if (isEvenly(starts, GRANULARITY_MS[granularity])) return null;
  const sorted = [...new Set(starts)].sort((one, other) => one - other);
  if (sorted.length < 3) return null;
  const bar_ms = GRANULARITY_MS[granularity];
  if (medianOf(sorted.slice(1).map((start, i) => start - sorted[i]!)) === bar_ms) return null;
  // Rows while the market is closed are no bars of any length, and refused for that.
  const open = sorted.filter(isMarketOpen);
  if (open.length < 3) return null;
  const spacings = counted(open);
  const median = medianOf(spacings);
  const is_regular = 2 * spacings.filter((spacing) => spacing === median).length >= spacings.length;
  // Bars of minutes without a tick do not exist: a spacing above the label's is no proof unless it is regular.
  return median < bar_ms || (median > bar_ms && is_regular) ? median : null;
}

/** True of starts that ascend, most of them by a bar's length: that is then the median of their distances. */
function isEvenly(starts: readonly Instant[], bar_ms: number): boolean {
  let even = 0;
  for (let i = 1; i < starts.length; i++) {
    const distance = starts[i]! - starts[i - 1]!;
    if (distance <= 0) return false;
    if (distance === bar_ms) even += 1;
  }
  return 2 * even > starts.length - 1;
}

/** In words, for a message: `24 h`, `15 min`. */
export function describeSpacing(spacing_ms: number): string {
  const minutes = spacing_ms / MINUTE;
  return minutes >= 60 ? `${Number((minutes / 60).toFixed(2))} h` : `${Number(minutes.toFixed(2))} min`;
}

/** Spacings in open market, of pairs spread evenly over the rows. */
function counted(sorted: readonly Instant[]): number[] {
  const pairs = sorted.length - 1;
  const wanted = Math.min(pairs, MAX_COUNTED);
  return Array.from({ length: wanted }, (_, i) => {
    const at = Math.floor((i * pairs) / wanted);
    const [start, end] = [sorted[at]!, sorted[at + 1]!];
    return end - start > 5 * WEEK ? end - start : openMarketMs(start, end);
  });
}

/** The lower one of the middle two: a spacing that occurs. */
function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor((values.length - 1) / 2)]!;
}
