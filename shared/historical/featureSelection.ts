import type { CatalogueService } from "../catalogue/catalogueService.ts";
import type { CatalogueView } from "../catalogue/catalogueView.ts";
import { requireFeature, requireView } from "../catalogue/findInCatalogue.ts";
import { counted } from "../domain/counted.ts";
import { AppError } from "../errors.ts";
import type { OnDemandFeature, RequestField } from "../features/onDemand/onDemandFeature.ts";
import { requestFieldsOf } from "../features/onDemand/onDemandView.ts";
import { ON_DEMAND_VIEWS } from "../features/onDemand/onDemandViews.ts";
import { featureListHash, type ViewSchema } from "../features/viewSchema.ts";
import { invalidField } from "./invalidField.ts";

/** A stored feature that is asked for, and where it stands in the rows of its view. */
export interface SelectedStored {
  /** Name of its column in the answer. */
  readonly column: string;
  readonly view: ViewSchema;
  readonly position: number;
}

/** Where an input of a feature on demand is: in the rows of a view, or in the question. */
export type BoundInput =
  | { readonly view: ViewSchema; readonly position: number; readonly rows_back: number }
  | { readonly field: RequestField };

/** A feature that is computed when it is asked for (`computeOnDemand`), and where its inputs are, in their order. */
export interface SelectedOnDemand {
  readonly column: string;
  readonly on_demand: OnDemandFeature;
  readonly inputs: readonly BoundInput[];
}

export type SelectedFeature = SelectedStored | SelectedOnDemand;

/** What is asked for, in the order of the answer's columns. */
export interface FeatureSelection {
  readonly feature_set_hash: string;
  readonly features: readonly SelectedFeature[];
}

/** What must come with each row of a question about the selection, in the order of its first use. */
export function fieldsOf({ features }: Pick<FeatureSelection, "features">): readonly RequestField[] {
  return requestFieldsOf(features.flatMap((feature) => ("on_demand" in feature ? [feature.on_demand] : [])));
}

/** What a service reads, in its order. */
export function selectService({ features, schemas, feature_set_hash }: CatalogueService, full_names: boolean): FeatureSelection {
  const selected = features.map(({ name, view }) => selectedFeature(full_names ? `${view}__${name}` : name, view, name, schemas)!);
  return { feature_set_hash, features: selected };
}

/** The feature, wherever it comes from; null where no view of an instrument's rows has it. */
function selectedFeature(column: string, view: string, name: string, schemas: readonly ViewSchema[]): SelectedFeature | null {
  const schema = schemas.find((one) => one.name === view);
  if (schema) return { column, view: schema, position: positionOf(schema, name) };
  const on_demand = ON_DEMAND_VIEWS.find((one) => one.name === view)?.features.find((feature) => feature.name === name);
  return on_demand ? { column, on_demand, inputs: boundInputs(on_demand, schemas) } : null;
}

function boundInputs({ name, inputs }: OnDemandFeature, schemas: readonly ViewSchema[]): readonly BoundInput[] {
  return inputs.map((input) => {
    if (input.kind === "request") return { field: input.field };
    const view = schemas.find((one) => one.name === input.view);
    if (!view) throw new AppError("internal", `${name} reads ${input.view}, whose rows are not among those of the question.`);
    return { view, position: positionOf(view, input.feature), rows_back: input.rows_back };
  });
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
  if (refs.length > MAX_REFS) throw invalidField("features", `names ${counted(refs.length, "feature")}; at most ${MAX_REFS}`);
  const found = refs.map((ref) => {
    const [view_name, name, more] = ref.split(":");
    if (!view_name || !name || more !== undefined) throw invalidField("features", `"${ref.slice(0, 80)}" is not of the form view:feature`);
    const view = requireView(views, view_name, "features");
    const feature = requireFeature(view, name, "features");
    const selected = selectedFeature(full_names ? `${view.name}__${name}` : name, feature.view, name, schemas);
    if (!selected) throw invalidField("features", `${view.name} has a row an article and none an instrument; news_features is made of it`);
    return { feature, selected };
  });
  const features = found.map(({ selected }) => selected);
  requireDistinct(features, refs);
  const list = [...new Set(found.map(({ feature }) => feature.view))].join("+");
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
