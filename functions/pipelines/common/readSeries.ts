import { BASE_GRANULARITY, BASE_GRANULARITY_MS } from "../../../shared/domain/granularity.ts";
import { type TimeWindow, WEEK } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { type BarSeries, toBarSeries } from "../../../shared/features/barSeries.ts";
import type { BarStore } from "../../../shared/ports/barStore.ts";

/**
 * Bars whose end lies in the window (`start < end of bar <= end`), with `lookback_bars` bars before the first of them.
 * Nothing that ends after the window is read.
 */
export async function readSeries(bars: BarStore, instrument: Instrument, window: TimeWindow, lookback_bars: number): Promise<BarSeries> {
  const starts = { start: window.start - BASE_GRANULARITY_MS + 1, end: window.end - BASE_GRANULARITY_MS + 1 };
  const [before, within] = await Promise.all([
    bars.readLast(instrument, BASE_GRANULARITY, starts.start, lookback_bars),
    bars.read(instrument, BASE_GRANULARITY, starts),
  ]);
  return toBarSeries([...before, ...within]);
}

/** The other instruments' bars over the span of `series`, and a week more, so that its first returns are defined. */
export async function readLegs(
  bars: BarStore,
  instrument: Instrument,
  series: BarSeries,
  legs: readonly Instrument[],
): Promise<ReadonlyMap<Instrument, BarSeries>> {
  const first = series.start[0];
  const last = series.start[series.length - 1];
  if (first === undefined || last === undefined) return new Map();
  const others = legs.filter((leg) => leg !== instrument);
  const window = { start: first - WEEK, end: last + 1 };
  const series_of = new Map([[instrument, series]]);
  // One after the other: as bars, the legs of a slice take ten times the memory that they take as columns.
  for (const leg of others) series_of.set(leg, toBarSeries(await bars.read(leg, BASE_GRANULARITY, window)));
  return series_of;
}
