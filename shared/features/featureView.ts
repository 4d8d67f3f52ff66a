import type { MarketFeature } from "./defineFeature.ts";
import type { MarketWindow } from "./marketWindow.ts";
import { featureListHash, type ViewSchema } from "./viewSchema.ts";

/** A view whose features are computed from bars. */
export interface FeatureView extends ViewSchema {
  readonly features: readonly MarketFeature[];
  /** The longest lookback of its features: load this many bars before the first row. */
  readonly lookback_bars: number;
}

export function defineView(name: string, ttl_ms: number, features: readonly MarketFeature[]): FeatureView {
  return {
    name,
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
