import { GRANULARITY_MS } from "../domain/granularity.ts";
import type { TimeWindow } from "../domain/instant.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { FeatureRow } from "../ports/featureStore.ts";
import { type BarSeries, countUntil } from "./barSeries.ts";
import { computeRow, type FeatureView } from "./featureView.ts";
import { createMarketWindow, type LegSeries } from "./marketWindow.ts";

/**
 * One row for every bar whose end lies in the window (`start < event_time <= end`), ascending.
 *
 * For rows that do not depend on how much was loaded, `series` must reach `view.lookback_bars` bars back from the first
 * of them (or to the first bar that exists), and each leg back to the start of the earliest of those bars.
 *
 * Every input bar has ended by the row's event time, so that is also when the row could first be known.
 */
export function buildRows(view: FeatureView, instrument: Instrument, series: BarSeries, legs: LegSeries, window: TimeWindow): FeatureRow[] {
  const bar_ms = GRANULARITY_MS[series.granularity];
  const rows: FeatureRow[] = [];
  for (let index = countUntil(series, window.start - bar_ms); index < series.length; index++) {
    const event_time = series.start[index]! + bar_ms;
    if (event_time > window.end) break;
    const values = computeRow(view, createMarketWindow(instrument, series, index, legs));
    rows.push({ event_time, created_time: event_time, available_at: event_time, values });
  }
  return rows;
}
