import { DAY, HOUR } from "../../../../../shared/domain/instant.ts";

/** How far back a range goes from the end of the newest bar. */
export const RANGES = { day: DAY, week: 7 * DAY, month: 31 * DAY, quarter: 92 * DAY, year: 366 * DAY } as const;
export type RangeName = keyof typeof RANGES;
export const RANGE_NAMES = Object.keys(RANGES) as RangeName[];

/** `[from, to)`, epoch ms. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Less than that is no chart. */
const LEAST = 6 * HOUR;
/** What one answer of candles spans at most. */
const MOST = 3_660 * DAY;

/**
 * What is shown: from and to where the address has them, else the range back from `newest`, the end of the newest bar. Null: they are the
 * wrong way round.
 */
export function spanOf(said: { readonly from: number | null; readonly to: number | null }, range: RangeName, newest: number): Span | null {
  const to = said.to ?? (said.from === null ? newest : Math.max(newest, said.from + LEAST));
  const from = said.from ?? to - RANGES[range];
  return from < to ? boundedSpan({ from, to }) : null;
}

/** The span in whole hours, neither shorter nor longer than can be drawn. */
export function boundedSpan({ from, to }: Span): Span {
  const end = Math.ceil(to / HOUR) * HOUR;
  const start = Math.floor(from / HOUR) * HOUR;
  return { from: Math.max(Math.min(start, end - LEAST), end - MOST), to: end };
}

/** The span moved by a share of its length, or made so many times as long around its middle. */
export function movedSpan({ from, to }: Span, { by = 0, times = 1 }: { readonly by?: number; readonly times?: number }): Span {
  const [middle, half] = [(from + to) / 2 + by * (to - from), ((to - from) * times) / 2];
  return boundedSpan({ from: middle - half, to: middle + half });
}

/** When a place among candles begins: between two of them in proportion, before the first and behind the last in steps of `step_ms`. */
export function momentAt(place: number, starts: readonly number[], step_ms: number): number {
  const last = starts.length - 1;
  if (place <= 0) return starts[0]! + place * step_ms;
  if (place >= last) return starts[last]! + (place - last) * step_ms;
  const before = Math.floor(place);
  return starts[before]! + (place - before) * (starts[before + 1]! - starts[before]!);
}
