import { modelFeatureNames } from "../features/modelFeatures.ts";
import type { ViewSchema } from "../features/viewSchema.ts";
import { type FeatureService, featureServiceOf } from "../models/featureServiceOf.ts";

/**
 * The feature services that a model of an instrument may read: the market's features, those with each further view's, and what the version
 * in Production reads, which may leave out features of which its training set knew nothing.
 */
export function foreignServices(
  instrument: string,
  views: readonly ViewSchema[],
  production: { readonly name: string; readonly feature_names: readonly string[] } | null,
): readonly FeatureService[] {
  const whole = views.map((_, index) => {
    const read = views.slice(0, index + 1);
    const feature_names = read.flatMap((view) => modelFeatureNames(view, instrument));
    return featureServiceOf({ name: read.map(({ name }) => name).join("+"), instrument, feature_names }, read);
  });
  if (production === null) return whole;
  const names = new Set(production.feature_names);
  const read = views.filter(({ features }) => features.some(({ name }) => names.has(name)));
  const known = new Set(read.flatMap(({ features }) => features.map(({ name }) => name)));
  // Of a version from before a feature was renamed there is none to compare with: its rows are of a view that is on its way out.
  if (production.feature_names.some((name) => !known.has(name))) return whole;
  return [...whole, featureServiceOf({ ...production, instrument }, read)];
}
