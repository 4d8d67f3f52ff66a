import { HOUR, type TimeWindow } from "../../domain/instant.ts";
import type { FeatureRow } from "../../ports/featureStore.ts";
import type { NewsSeries } from "./newsSeries.ts";
import type { NewsView } from "./newsView.ts";
import { NewsWindow } from "./newsWindow.ts";

/**
 * One row for every full hour of the window (`start < event_time <= end`), ascending, with news or without. The series must reach
 * `view.lookback_hours` back from the first of them.
 *
 * Every article in a row was known by its event time, so that is also when the row could first be known. One that is found out about
 * later, or read again, changes the rows from its knowledge time on: they are built again under the same key.
 *
 * One pass: both ends of the window only move forward.
 */
export function buildNewsRows(view: NewsView, series: NewsSeries, window: TimeWindow): FeatureRow[] {
  const rows: FeatureRow[] = [];
  const sight_ms = view.lookback_hours * HOUR;
  const width = view.features.length;
  const first = (Math.floor(window.start / HOUR) + 1) * HOUR;
  const block = new Float64Array(Math.max(0, Math.floor((window.end - first) / HOUR) + 1) * width);
  let from = 0;
  let to = 0;
  for (let event_time = first, at = 0; event_time <= window.end; event_time += HOUR, at += width) {
    while (to < series.length && series.available_at[to]! <= event_time) to++;
    while (from < to && series.available_at[from]! <= event_time - sight_ms) from++;
    const values = block.subarray(at, at + width);
    fillNewsRow(view, new NewsWindow(series, event_time, view.lookback_hours, from, to), values);
    rows.push({ event_time, created_time: event_time, available_at: event_time, values });
  }
  return rows;
}

/** The view's values at the window's event time, in the view's order. NaN stands for null. */
export function computeNewsRow(view: NewsView, window: NewsWindow): Float64Array {
  const values = new Float64Array(view.features.length);
  fillNewsRow(view, window, values);
  return values;
}

function fillNewsRow({ features }: NewsView, window: NewsWindow, values: Float64Array): void {
  for (let i = 0; i < features.length; i++) values[i] = features[i]!.compute(window) ?? Number.NaN;
}
