import { BASE_GRANULARITY, BASE_GRANULARITY_MS } from "../../../shared/domain/granularity.ts";
import { type TimeWindow, WEEK } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { type BarSeries, closeSeriesOf, SERIES_COLUMNS, seriesOf } from "../../../shared/features/barSeries.ts";
import type { LegSeries } from "../../../shared/features/marketWindow.ts";
import type { BarSpan, BarStore } from "../../../shared/ports/barStore.ts";

/**
 * Bars whose end lies in the window (`start < end of bar <= end`), with `lookback_bars` bars before the first of them.
 * Nothing that ends after the window is read.
 */
export async function readSeries(bars: BarStore, instrument: Instrument, window: TimeWindow, lookback_bars: number): Promise<BarSeries> {
  const starts = { start: window.start - BASE_GRANULARITY_MS + 1, end: window.end - BASE_GRANULARITY_MS + 1 };
  const span: BarSpan = { instrument, granularity: BASE_GRANULARITY, window: starts, bars_before: lookback_bars };
  const [columns] = await bars.readColumns([span], SERIES_COLUMNS);
  return seriesOf(BASE_GRANULARITY, columns!);
}

/** The other instruments' closes over the span of `series`, and a week more, so that their first returns are defined. */
export async function readLegs(bars: BarStore, instrument: Instrument, series: BarSeries, legs: readonly Instrument[]): Promise<LegSeries> {
  const others = legs.filter((leg) => leg !== instrument);
  const first = series.start[0];
  if (first === undefined || others.length === 0) return new Map();
  const window = { start: first - WEEK, end: series.start[series.length - 1]! + 1 };
  const read = await bars.readColumns(
    others.map((leg) => ({ instrument: leg, granularity: BASE_GRANULARITY, window })),
    ["mid_c"],
  );
  return new Map([[instrument, series], ...others.map((leg, i) => [leg, closeSeriesOf(BASE_GRANULARITY, read[i]!)] as const)]);
}
