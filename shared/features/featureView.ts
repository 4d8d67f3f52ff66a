import type { BarSeries } from "./barSeries.ts";
import { eachBar } from "./columns/eachBar.ts";
import type { SharedColumns } from "./columns/sharedColumns.ts";
import type { MarketFeature } from "./defineFeature.ts";
import { createMarketWindow, type MarketWindow } from "./marketWindow.ts";
import { featureListHash, type ViewAbout, type ViewSchema } from "./viewSchema.ts";

/** A view whose features are computed from bars. */
export interface FeatureView extends ViewSchema {
  readonly features: readonly MarketFeature[];
  /** The longest lookback of its features: load this many bars before the first row. */
  readonly lookback_bars: number;
}

/** A view of bars of which nobody has said more. */
const OF_BARS: ViewAbout = { description: "Features of bars.", owner: "market_feature_pipeline", tags: { family: "market" } };

export function defineView(name: string, ttl_ms: number, features: readonly MarketFeature[], about: ViewAbout = OF_BARS): FeatureView {
  return {
    name,
    about,
    source: "bars",
    when_missing: "no_row",
    ttl_ms,
    market_hours: true,
    features,
    schema_hash: featureListHash(name, features),
    lookback_bars: Math.max(...features.map((feature) => feature.lookback_bars)),
  };
}

/** The view's values at the window's event time, in the view's order. NaN stands for null. */
export function computeRow(view: FeatureView, window: MarketWindow): Float64Array {
  const features = view.features;
  const bounded = window.last(view.lookback_bars);
  const values = new Float64Array(features.length);
  for (let i = 0; i < features.length; i++) values[i] = features[i]!.compute(bounded) ?? Number.NaN;
  return values;
}

/** The rows of the bars from index `from` until before `to`, end to end: each is what `computeRow` gives, to the bit. */
export function columnBlock(view: FeatureView, series: BarSeries, shared: SharedColumns, from: number, to: number): Float64Array {
  const width = view.features.length;
  const block = new Float64Array((to - from) * width);
  for (const [place, { column, compute }] of view.features.entries()) {
    const values = column ? shared.of(column) : rowByRow(view, compute, series, shared, from, to);
    for (let t = from, at = place; t < to; t++, at += width) {
      const value = values[t]!;
      // There are many NaN, and rows that say the same are the same bytes.
      block[at] = Number.isNaN(value) ? Number.NaN : value;
    }
  }
  return block;
}

/** A feature that has no column of its own, at the bars that are wanted. */
function rowByRow(
  view: FeatureView,
  compute: MarketFeature["compute"],
  series: BarSeries,
  { instrument, legs }: SharedColumns,
  from: number,
  to: number,
): Float64Array {
  const window = (t: number) => createMarketWindow(instrument, series, t, legs).last(view.lookback_bars);
  return eachBar(to, (t) => compute(window(t)) ?? Number.NaN, from);
}
