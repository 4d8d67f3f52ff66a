import { canonicalJson, sha256Hex } from "../domain/hash.ts";
import type { RegisteredView } from "../ports/featureStore.ts";
import { featureKey, type MarketFeature } from "./defineFeature.ts";
import type { MarketWindow } from "./marketWindow.ts";

/** An ordered set of features that are computed, stored and served as one row. */
export interface FeatureView {
  readonly name: string;
  /** How old a row may be and still be served, in market hours. */
  readonly ttl_ms: number;
  readonly features: readonly MarketFeature[];
  /** Names what a row's values mean: it changes with any name, version or position. */
  readonly schema_hash: string;
  /** The longest lookback of its features: load this many bars before the first row. */
  readonly lookback_bars: number;
}

export function defineView(name: string, ttl_ms: number, features: readonly MarketFeature[]): FeatureView {
  return {
    name,
    ttl_ms,
    features,
    schema_hash: featureListHash(name, features),
    lookback_bars: Math.max(...features.map((feature) => feature.lookback_bars)),
  };
}

/** First 16 hex digits of SHA-256 over a name and the ordered name@version of its features. */
export function featureListHash(name: string, features: readonly Pick<MarketFeature, "name" | "version">[]): string {
  return sha256Hex(canonicalJson({ name, features: features.map(featureKey) })).slice(0, 16);
}

/** The view's values at the window's event time, in the view's order. NaN stands for null. */
export function computeRow(view: FeatureView, window: MarketWindow): Float64Array {
  const features = view.features;
  const bounded = window.last(view.lookback_bars);
  const values = new Float64Array(features.length);
  for (let i = 0; i < features.length; i++) values[i] = features[i]!.compute(bounded) ?? Number.NaN;
  return values;
}

/** The view as the feature store registers it. */
export function toRegisteredView(view: FeatureView): RegisteredView {
  return {
    view: view.name,
    schema_hash: view.schema_hash,
    ttl_ms: view.ttl_ms,
    features: view.features.map(({ name, version, unit, lookback_bars, warm_up_bars, description }) => ({
      name,
      version,
      unit,
      lookback_bars,
      warm_up_bars,
      description,
    })),
  };
}
