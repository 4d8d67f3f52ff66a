import type { Instrument } from "../domain/instrument.ts";
import { AppError } from "../errors.ts";
import { type FeatureUnit, featureListHash, type ViewFeature, type ViewSchema } from "./viewSchema.ts";

/**
 * Units of levels. A tree that splits on a price or a tick count learns which year it is, and meets values at serving
 * time that it never saw: mid, roll_mean_20, ewma_*, spread, spread_ma_20, volume, volume_ma_20, amihud_20. Each has a
 * stationary relative in the view (zscore_20, ewma_signal, spread_pct, volume_ratio_20, ...), which stays.
 */
const LEVEL_UNITS: ReadonlySet<FeatureUnit> = new Set(["price", "ticks", "base_units", "log_return_per_tick"]);

/** Whether a feature of this unit is kept for people, and no model is trained on it. */
export function isLevel(unit: FeatureUnit): boolean {
  return LEVEL_UNITS.has(unit);
}

/**
 * The columns of a gold view that a model of this instrument may be trained on, in the view's order: without levels and
 * without the leg columns that are null in its own rows.
 */
export function modelFeatureNames(view: ViewSchema, instrument: Instrument): readonly string[] {
  return modelFeatures(view, instrument).map((feature) => feature.name);
}

/** What is named and versioned of a view, stored or on demand. */
export interface NamedFeatures {
  readonly name: string;
  readonly schema_hash: string;
  readonly features: readonly Pick<ViewFeature, "name" | "version">[];
}

/**
 * Identifies a model's inputs: equal hashes mean the same features, versions and order. 16 hex digits. `names` are the columns of a
 * training set, each a feature of one of the views.
 */
export function featureSetHash(views: readonly Pick<NamedFeatures, "name" | "features">[], names: readonly string[]): string {
  const features = new Map(views.flatMap((view) => view.features.map((feature) => [feature.name, feature] as const)));
  return featureListHash(
    views.map((view) => view.name).join("+"),
    names.map((name) => features.get(name) ?? unknownFeature(name)),
  );
}

/** The views, of those given, that the columns are read from, in the order given. */
export function viewsOf<View extends ViewSchema>(views: readonly View[], names: readonly string[]): readonly View[] {
  const wanted = new Set(names);
  return views.filter((view) => view.features.some((feature) => wanted.has(feature.name)));
}

function modelFeatures(view: ViewSchema, instrument: Instrument): readonly ViewFeature[] {
  return view.features.filter((feature) => !isLevel(feature.unit) && feature.leg !== instrument);
}

function unknownFeature(name: string): never {
  throw new AppError("schema_mismatch", `${name} is a feature of none of the views.`);
}
