import type { Bar, Ohlc } from "../domain/bar.ts";
import { giveBack } from "../domain/giveBack.ts";
import { BASE_GRANULARITY, type Granularity } from "../domain/granularity.ts";
import { type Instant, toIso } from "../domain/instant.ts";
import { hourOfWeek } from "../domain/timeZone.ts";
import { AppError } from "../errors.ts";
import type { BarColumns } from "../ports/barStore.ts";
import { logReturn } from "./stats.ts";

/**
 * Starts and closes of one instrument's bars, ascending by start: what the features of other instruments see of it. NaN stands for null.
 */
export interface CloseSeries {
  readonly granularity: Granularity;
  readonly length: number;
  readonly start: Float64Array;
  readonly mid_c: Float64Array;
  /** ln(mid_c / mid_c of the bar before), whatever the time between the two. NaN at the first bar. */
  readonly ret: Float64Array;
}

/**
 * Bars of one instrument as columns: what features and labels are computed on. NaN stands for null.
 * `ret` and `hour_of_week` are derived bar by bar and carry no history beyond the previous bar.
 */
export interface BarSeries extends CloseSeries {
  readonly mid_o: Float64Array;
  readonly mid_h: Float64Array;
  readonly mid_l: Float64Array;
  readonly bid_o: Float64Array;
  readonly bid_c: Float64Array;
  readonly ask_o: Float64Array;
  readonly ask_c: Float64Array;
  readonly volume: Float64Array;
  /** Hour of the week in New York at the bar's start, 0 to 167. */
  readonly hour_of_week: Float64Array;
}

/** The columns of a series that are not derived from others, beside `start`. */
export const SERIES_COLUMNS = ["mid_o", "mid_h", "mid_l", "mid_c", "bid_o", "bid_c", "ask_o", "ask_c", "volume"] as const;
type SeriesColumns = BarColumns<(typeof SERIES_COLUMNS)[number]>;

/** Columns of bars that are of one instrument and one granularity and ascend by start. Anything else is an error. */
export function toBarSeries(bars: readonly Bar[]): BarSeries {
  requireOneAscendingSeries(bars);
  const column = (pick: (bar: Bar) => number): Float64Array => Float64Array.from(bars, pick);
  const price = (side: "bid" | "ask", part: keyof Ohlc) => column((bar) => bar[side]?.[part] ?? Number.NaN);
  return seriesOf(bars[0]?.granularity ?? BASE_GRANULARITY, {
    start: column((bar) => bar.start),
    mid_o: column((bar) => bar.mid.o),
    mid_h: column((bar) => bar.mid.h),
    mid_l: column((bar) => bar.mid.l),
    mid_c: column((bar) => bar.mid.c),
    bid_o: price("bid", "o"),
    bid_c: price("bid", "c"),
    ask_o: price("ask", "o"),
    ask_c: price("ask", "c"),
    volume: column((bar) => bar.volume ?? Number.NaN),
  });
}

/** Columns of bars as a series, with what is derived from them. */
export function seriesOf(granularity: Granularity, columns: SeriesColumns): BarSeries {
  const hour_of_week = columns.start.map((start) => hourOfWeek("America/New_York", start));
  return { ...columns, ...closeSeriesOf(granularity, columns), hour_of_week };
}

export function closeSeriesOf(granularity: Granularity, { start, mid_c }: BarColumns<"mid_c">): CloseSeries {
  const ret = mid_c.map((close, i) => (i === 0 ? Number.NaN : logReturn(mid_c[i - 1]!, close)));
  return { granularity, length: start.length, start, mid_c, ret };
}

/** The bars from index `from` until before `to`, copied: nothing of the others can be reached through it. */
export function sliceSeries<Series extends CloseSeries>(series: Series, from: number, to: number): Series {
  const cut = Object.entries(series).map(([name, column]) => [name, column instanceof Float64Array ? column.slice(from, to) : column]);
  return { ...(Object.fromEntries(cut) as Series), length: Math.max(0, to - from) };
}

/** Frees the columns of series that nobody reads any more. */
export function giveBackSeries(given: Iterable<CloseSeries>): void {
  for (const series of given) giveBack(...Object.values(series).filter((column) => column instanceof Float64Array));
}

/** How many bars start at or before `instant`: the index after the last of them. */
export function countUntil(series: Pick<CloseSeries, "start" | "length">, instant: Instant): number {
  let low = 0;
  let high = series.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (series.start[middle]! <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the bar that starts exactly at `start`; -1 when there is none. */
export function indexOfStart(series: BarSeries, start: Instant): number {
  const index = countUntil(series, start) - 1;
  return index >= 0 && series.start[index] === start ? index : -1;
}

function requireOneAscendingSeries(bars: readonly Bar[]): void {
  for (let i = 1; i < bars.length; i++) {
    const [before, bar] = [bars[i - 1]!, bars[i]!];
    if (bar.instrument !== before.instrument || bar.granularity !== before.granularity) {
      throw new AppError(
        "invalid_candle",
        `A series holds one instrument and granularity, but ${before.instrument} ${before.granularity} is followed by ${bar.instrument} ${bar.granularity}.`,
      );
    }
    if (bar.start <= before.start) {
      throw new AppError("invalid_candle", `${bar.instrument}: the bar of ${toIso(bar.start)} does not come after ${toIso(before.start)}.`);
    }
  }
}
