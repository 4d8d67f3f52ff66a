import { GRANULARITY_MS } from "../domain/granularity.ts";
import type { TimeWindow } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { FeatureRow } from "../ports/featureStore.ts";
import { type BarSeries, countUntil } from "./barSeries.ts";
import { shareColumns } from "./columns/sharedColumns.ts";
import { columnBlock, computeRow, type FeatureView } from "./featureView.ts";
import { createMarketWindow, type LegSeries } from "./marketWindow.ts";

/**
 * Rows up to which each is computed by itself: a row by `compute` takes about as long as thirty by columns, which have to go over the
 * look-back first.
 */
const FEW_ROWS = 24;

/**
 * One row for every bar whose end lies in the window (`start < event_time <= end`), ascending.
 *
 * For rows that do not depend on how much was loaded, `series` must reach `view.lookback_bars` bars back from the first
 * of them (or to the first bar that exists), and each leg back to the start of the earliest of those bars.
 *
 * Every input bar has ended by the row's event time, so that is also when the row could first be known.
 */
export function buildRows(view: FeatureView, instrument: Instrument, series: BarSeries, legs: LegSeries, window: TimeWindow): FeatureRow[] {
  return buildRowsOf([view], instrument, series, legs, window)[0]!;
}

/** `buildRows` of each of several views in one pass: what they have in common, a feature of two of them say, is made once. */
export function buildRowsOf(
  views: readonly FeatureView[],
  instrument: Instrument,
  series: BarSeries,
  legs: LegSeries,
  window: TimeWindow,
): FeatureRow[][] {
  const bar_ms = GRANULARITY_MS[series.granularity];
  const from = countUntil(series, window.start - bar_ms);
  const to = Math.max(from, countUntil(series, window.end - bar_ms));
  const shared = shareColumns(instrument, series, legs);
  const blocks = views.map((view) => (to - from > FEW_ROWS ? columnBlock(view, series, shared, from, to) : null));
  shared.end();
  return views.map((view, place) => {
    const block = blocks[place];
    const width = view.features.length;
    return Array.from({ length: to - from }, (_, row) => {
      const event_time = series.start[from + row]! + bar_ms;
      const values =
        block?.subarray(row * width, (row + 1) * width) ?? computeRow(view, createMarketWindow(instrument, series, from + row, legs));
      return { event_time, created_time: event_time, available_at: event_time, values };
    });
  });
}
