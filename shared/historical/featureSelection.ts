import type { CatalogueService } from "../catalogue/catalogueService.ts";
import type { CatalogueView } from "../catalogue/catalogueView.ts";
import { requireFeature, requireView } from "../catalogue/findInCatalogue.ts";
import { featureListHash, type ViewSchema } from "../features/viewSchema.ts";
import { invalidField } from "./invalidField.ts";

/** A feature that is asked for, and where it stands in the rows of its view. */
export interface SelectedFeature {
  /** Name of its column in the answer. */
  readonly column: string;
  readonly view: ViewSchema;
  readonly position: number;
}

/** What is asked for, in the order of the answer's columns. */
export interface FeatureSelection {
  readonly feature_set_hash: string;
  readonly features: readonly SelectedFeature[];
}

/** What a service reads, in its order. */
export function selectService({ features, schemas, feature_set_hash }: CatalogueService, full_names: boolean): FeatureSelection {
  const selected = features.map(({ name, view }) => {
    const schema = schemas.find((one) => one.name === view)!;
    return { column: full_names ? `${view}__${name}` : name, view: schema, position: positionOf(schema, name) };
  });
  return { feature_set_hash, features: selected };
}

/** Most features that one request may ask for by name: what all views have together, and as much again. */
const MAX_REFS = 500;

/**
 * Features by name, each `view:feature`, in the order asked. 404 for what the catalogue does not have, 422 for what has no row of an
 * instrument, and where two columns would have one name.
 */
export function selectFeatures(
  refs: readonly string[],
  full_names: boolean,
  { views, schemas }: { readonly views: readonly CatalogueView[]; readonly schemas: readonly ViewSchema[] },
): FeatureSelection {
  if (refs.length > MAX_REFS) throw invalidField("features", `names ${refs.length} features; at most ${MAX_REFS}`);
  const found = refs.map((ref) => {
    const [view_name, name, more] = ref.split(":");
    if (!view_name || !name || more !== undefined) throw invalidField("features", `"${ref.slice(0, 80)}" is not of the form view:feature`);
    const view = requireView(views, view_name, "features");
    const feature = requireFeature(view, name, "features");
    const schema = schemas.find((one) => one.name === feature.view);
    if (!schema) throw invalidField("features", `${view.name} has a row an article and none an instrument; news_features is made of it`);
    return { feature, selected: { column: full_names ? `${view.name}__${name}` : name, view: schema, position: positionOf(schema, name) } };
  });
  const features = found.map(({ selected }) => selected);
  requireDistinct(features, refs);
  const list = [...new Set(features.map(({ view }) => view.name))].join("+");
  return {
    features,
    feature_set_hash: featureListHash(
      list,
      found.map(({ feature }) => feature),
    ),
  };
}

function requireDistinct(features: readonly SelectedFeature[], refs: readonly string[]): void {
  const at = new Map<string, number>();
  for (const [index, { column }] of features.entries()) {
    const first = at.get(column);
    if (first !== undefined) {
      const advice = refs[first] === refs[index] ? "is named twice" : `and ${refs[index]} have one name: ask for full_feature_names`;
      throw invalidField("features", `${refs[first]} ${advice}`);
    }
    at.set(column, index);
  }
}

function positionOf({ features }: ViewSchema, name: string): number {
  return features.findIndex((feature) => feature.name === name);
}
