import { AppError } from "../errors.ts";
import { featureSetHash, type NamedFeatures } from "../features/modelFeatures.ts";
import { referenceOf } from "../features/viewSchema.ts";

/** What a model reads: the ordered list of its inputs, each with the view whose rows it comes from. */
export interface FeatureService {
  readonly name: string;
  readonly instrument: string;
  readonly views: readonly { readonly view: string; readonly schema_hash: string }[];
  readonly features: readonly { readonly name: string; readonly view: string; readonly version: number; readonly dtype: "double" }[];
  /** Equal hashes mean the same features, versions and order. */
  readonly feature_set_hash: string;
}

/** The feature service of a model by its inputs' names. Throws schema_mismatch for one that is of none of the views. */
export function featureServiceOf(
  { name, instrument, feature_names }: { readonly name: string; readonly instrument: string; readonly feature_names: readonly string[] },
  views: readonly NamedFeatures[],
): FeatureService {
  const known = new Map(views.flatMap((view) => view.features.map((feature) => [feature.name, { view: view.name, feature }] as const)));
  const features = feature_names.map((feature_name) => {
    const found = known.get(feature_name);
    if (!found) throw new AppError("schema_mismatch", `${feature_name} is a feature of none of the views.`);
    return { name: feature_name, view: found.view, version: found.feature.version, dtype: "double" as const };
  });
  return { name, instrument, views: views.map(referenceOf), features, feature_set_hash: featureSetHash(views, feature_names) };
}
