import { counted } from "../domain/counted.ts";
import type { Instrument } from "../domain/instrument.ts";
import { OWN_BARS } from "../features/barsOf.ts";
import type { FeatureRange } from "../features/checks/featureRange.ts";
import { rangeOf } from "../features/checks/rangeOf.ts";
import { isLevel } from "../features/modelFeatures.ts";
import type { ArticleView } from "../features/news/articleView.ts";
import type { OnDemandInput, RequestField } from "../features/onDemand/onDemandFeature.ts";
import { type OnDemandView, requestFieldsOf, sourceViewsOf } from "../features/onDemand/onDemandView.ts";
import type { PushedView } from "../features/pushedViews.ts";
import { type FeatureUnit, featureListHash, type ViewAbout, type ViewSchema } from "../features/viewSchema.ts";

/** A feature as the catalogue tells of it. */
export interface CatalogueFeature {
  readonly name: string;
  /** The view whose rows hold it: of a joined view one of those that it joins. */
  readonly view: string;
  readonly version: number;
  readonly dtype: "double";
  readonly unit: FeatureUnit;
  readonly description: string;
  /** Null where the description says it. */
  readonly formula: string | null;
  /** Bars of the market or hours of news that a value depends on; null of an article's, and of what is pushed. */
  readonly lookback: number | null;
  readonly warm_up: number | null;
  /** Null in the rows of this instrument. */
  readonly leg: Instrument | null;
  /** Whose bars it is computed from: OWN_BARS, and other instruments, of which the row's own is never one; of what reads no bars nobody's. */
  readonly bars_of: readonly string[];
  /** A price or a tick count: it is kept, and no model is trained on it. */
  readonly is_level: boolean;
  /** What its values may be: rows outside are neither stored nor served. Null of an article's and on demand, which are not checked. */
  readonly range: FeatureRange | null;
  /** Of a feature on demand what it is computed from: `view:feature`, of so many rows earlier, and fields of the question. */
  readonly inputs: readonly string[];
}

/**
 * rows: kept as rows of an instrument, one a moment. pushed: like these, and written by whoever sends them. join: at each moment the rows
 * of several, each by its own TTL. articles: a row an article. on_demand: no rows; computed when it is asked for.
 */
export const CATALOGUE_VIEW_KINDS = ["rows", "pushed", "join", "articles", "on_demand"] as const;
export type CatalogueViewKind = (typeof CATALOGUE_VIEW_KINDS)[number];

/** A feature view as the catalogue tells of it. */
export interface CatalogueView {
  readonly name: string;
  readonly kind: CatalogueViewKind;
  readonly about: ViewAbout;
  readonly entity: "instrument" | "article";
  /** What it is computed from; of a join the views. */
  readonly source: readonly string[];
  /** Null of a join, where each view has its own, and of articles, which do not age. */
  readonly ttl_ms: number | null;
  /** Null where there is no TTL. */
  readonly ttl_counts: "market_hours" | "wall_clock" | null;
  readonly lookback_unit: "bars" | "hours" | null;
  /** By what name rows of it are sent; null where a pipeline makes them. */
  readonly push_source: string | null;
  /** Names what a row's values mean: it changes with any name, version or position. */
  readonly schema_hash: string;
  /** Earlier schemas whose rows are built on while a model in Production reads them. */
  readonly retired_schema_hashes: readonly string[];
  /** What must come with a question about all of its features. */
  readonly request_fields: readonly RequestField[];
  readonly features: readonly CatalogueFeature[];
}

export function viewOfRows(view: ViewSchema, retired: readonly ViewSchema[]): CatalogueView {
  return {
    name: view.name,
    kind: "rows",
    about: view.about,
    entity: "instrument",
    source: [view.source],
    ttl_ms: view.ttl_ms,
    ttl_counts: view.market_hours ? "market_hours" : "wall_clock",
    lookback_unit: view.market_hours ? "bars" : "hours",
    push_source: null,
    schema_hash: view.schema_hash,
    retired_schema_hashes: retired.filter(({ name }) => name === view.name).map(({ schema_hash }) => schema_hash),
    request_fields: [],
    features: view.features.map(({ lookback_bars, warm_up_bars, name, version, unit, description, formula, leg, bars_of, range }) => ({
      ...{ name, view: view.name, version, dtype: "double" as const, unit, description, formula, leg },
      lookback: lookback_bars,
      warm_up: warm_up_bars,
      bars_of: view.source === "bars" ? (bars_of ?? [OWN_BARS]) : [],
      is_level: isLevel(unit),
      range: rangeOf({ unit, ...(range ? { range } : {}) }),
      inputs: [],
    })),
  };
}

export function viewOfPushes(view: PushedView): CatalogueView {
  const { features, ...facts } = viewOfRows(view, []);
  return {
    ...{ ...facts, kind: "pushed", lookback_unit: null, push_source: view.push_source },
    features: features.map((feature) => ({ ...feature, lookback: null, warm_up: null })),
  };
}

/** What a model may read of all of them, at one moment. */
export function joinedView(views: readonly CatalogueView[]): CatalogueView {
  const features = views.flatMap((view) => view.features);
  const names = views.map(({ name }) => name);
  return {
    name: "combined_features",
    kind: "join",
    about: {
      description: `At each moment the rows of ${names.join(" and ")} that were known then, each within its own TTL.`,
      owner: "model_training",
      tags: { layer: "gold" },
    },
    entity: "instrument",
    source: names,
    ttl_ms: null,
    ttl_counts: null,
    lookback_unit: null,
    push_source: null,
    schema_hash: featureListHash("combined_features", features),
    retired_schema_hashes: [],
    request_fields: [],
    features,
  };
}

/** What is computed when it is asked for. A price that it gives is no level: no model is trained on any of it. */
export function viewOnDemand(view: OnDemandView): CatalogueView {
  const request_fields = requestFieldsOf(view.features);
  return {
    name: view.name,
    kind: "on_demand",
    about: view.about,
    entity: "instrument",
    source: [...sourceViewsOf(view.features), ...(request_fields.length > 0 ? ["the question"] : [])],
    ttl_ms: null,
    ttl_counts: null,
    lookback_unit: null,
    push_source: null,
    schema_hash: view.schema_hash,
    retired_schema_hashes: [],
    request_fields,
    features: view.features.map(({ name, version, unit, description, formula, inputs }) => ({
      ...{ name, view: view.name, version, dtype: "double" as const, unit, description, formula },
      ...{ lookback: null, warm_up: null, leg: null, bars_of: [], is_level: false, range: null, inputs: inputs.map(nameOfInput) },
    })),
  };
}

function nameOfInput(input: OnDemandInput): string {
  if (input.kind === "request") return input.field.name;
  return `${input.view}:${input.feature}${input.rows_back === 0 ? "" : ` of ${counted(input.rows_back, "row")} earlier`}`;
}

export function viewOfArticles(view: ArticleView): CatalogueView {
  return {
    name: view.name,
    kind: "articles",
    about: view.about,
    entity: "article",
    source: ["scores"],
    ttl_ms: null,
    ttl_counts: null,
    lookback_unit: null,
    push_source: null,
    schema_hash: featureListHash(view.name, view.features),
    retired_schema_hashes: [],
    request_fields: [],
    features: view.features.map(({ name, version, unit, description, formula }) => ({
      ...{ name, view: view.name, version, dtype: "double" as const, unit, description, formula },
      ...{ lookback: null, warm_up: null, leg: null, bars_of: [], is_level: false, range: null, inputs: [] },
    })),
  };
}
