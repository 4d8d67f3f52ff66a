import type { Instrument } from "../domain/instrument.ts";
import type { FeatureUnit, MarketFeature } from "./defineFeature.ts";
import { type FeatureView, featureListHash } from "./featureView.ts";

/**
 * Units of levels. A tree that splits on a price or a tick count learns which year it is, and meets values at serving
 * time that it never saw: mid, roll_mean_20, ewma_*, spread, spread_ma_20, volume, volume_ma_20, amihud_20. Each has a
 * stationary relative in the view (zscore_20, ewma_signal, spread_pct, volume_ratio_20, ...), which stays.
 */
const LEVEL_UNITS: ReadonlySet<FeatureUnit> = new Set(["price", "ticks", "log_return_per_tick"]);

/**
 * The columns of the gold view that a model of this instrument is trained on, in the view's order: without levels and
 * without the leg columns that are null in its own rows.
 */
export function modelFeatureNames(view: FeatureView, instrument: Instrument): readonly string[] {
  return modelFeatures(view, instrument).map((feature) => feature.name);
}

/** Identifies a model's inputs: equal hashes mean the same features, versions and order. 16 hex digits. */
export function featureSetHash(view: FeatureView, instrument: Instrument): string {
  return featureListHash(view.name, modelFeatures(view, instrument));
}

function modelFeatures(view: FeatureView, instrument: Instrument): readonly MarketFeature[] {
  return view.features.filter((feature) => !LEVEL_UNITS.has(feature.unit) && feature.leg !== instrument);
}
