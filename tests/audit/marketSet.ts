import type { Bar } from "../../shared/domain/bar.ts";
import type { TimeWindow } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { toBarSeries } from "../../shared/features/barSeries.ts";
import { buildRows } from "../../shared/features/buildRows.ts";
import { marketFeatures } from "../../shared/features/registry.ts";
import { assembleTrainingSet, type TrainingSet } from "../../shared/features/trainingSet.ts";

/** Every labelled row of each instrument in the window, with features of all of them, as the pipelines build it without news. */
export function* marketSets(bars: ReadonlyMap<Instrument, readonly Bar[]>, window: TimeWindow, horizon_bars = 1): Generator<TrainingSet> {
  const view = marketFeatures([...bars.keys()]);
  const series = new Map([...bars].map(([instrument, own]) => [instrument, toBarSeries(own)]));
  for (const [instrument, own] of series) {
    const rows = buildRows(view, instrument, own, series, window);
    yield assembleTrainingSet({ instrument, bars: own, views: [{ view, rows }], horizon_bars, as_of: window.end });
  }
}
