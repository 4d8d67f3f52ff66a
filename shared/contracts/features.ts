import { z } from "zod";
import { CATALOGUE_VIEW_KINDS } from "../catalogue/catalogueView.ts";
import { API_ROUTES } from "./families.ts";
import { defineRoute } from "./route/defineRoute.ts";

/** The catalogue of the feature store: what there is, and what each means. */

const aboutShape = {
  description: z.string(),
  owner: z.string().describe("The DAG that writes it, or what it is computed from on demand"),
  tags: z.record(z.string(), z.string()),
};

export const entityViewSchema = z.object({
  name: z.string(),
  join_key: z.string().describe("Column of an entity row that names it"),
  dtype: z.literal("string"),
  description: z.string(),
});

const requestFieldSchema = z.object({ name: z.string(), unit: z.string(), description: z.string(), above: z.number() });

const viewShape = {
  name: z.string(),
  kind: z
    .enum(CATALOGUE_VIEW_KINDS)
    .describe(
      "rows: kept by instrument and moment; pushed: like these, written by whoever sends them; join: of several such, each by its own TTL; articles: a row an article; on_demand: no rows, computed when it is asked for",
    ),
  ...aboutShape,
  entity: z.string(),
  source: z.array(z.string()).describe("What it is computed from; of a join the views"),
  ttl_seconds: z
    .number()
    .nullable()
    .describe("How old a row may be; null of a join, where each view has its own, of articles and on demand"),
  ttl_counts: z.enum(["market_hours", "wall_clock"]).nullable(),
  push_source: z.string().nullable().describe("By what name rows of it are sent to POST /push; null where a pipeline makes them"),
  schema_hash: z.string().describe("Its version: changes with any name, version or position of its features"),
  retired_schema_hashes: z.array(z.string()).describe("Earlier versions that are built on while a model in Production reads them"),
  request_fields: z.array(requestFieldSchema).describe("What comes with each question about its features; a value lies above `above`"),
};

export const featureExplainedSchema = z.object({
  ref: z.string().describe("As clients ask for it: view:feature"),
  name: z.string(),
  view: z.string().describe("The view whose rows hold it"),
  version: z.int().describe("Goes up with every change of the formula"),
  dtype: z.literal("double").describe("A number, or null where it is not known"),
  unit: z.string(),
  description: z.string(),
  formula: z.string().nullable().describe("The equation with warm-up and source; null where the description says it"),
  lookback: z.int().nullable().describe("How many of lookback_unit a value depends on, its own included"),
  warm_up: z.int().nullable().describe("With fewer than that the value is null"),
  lookback_unit: z.enum(["bars", "hours"]).nullable(),
  null_in_rows_of: z.string().nullable().describe("The instrument that it is about"),
  bars_of: z
    .array(z.string())
    .describe("Whose bars it is computed from: own is the row's pair, which is never one of the others; empty where it reads none"),
  is_level: z.boolean().describe("A price or a tick count: kept for people, and no model is trained on it"),
  range: z
    .object({ min: z.number(), max: z.number() })
    .nullable()
    .describe("What a value may be, checked with every build; null of articles and on demand"),
  inputs: z.array(z.string()).describe("On demand: the stored features and the fields of the question that it is computed from"),
});
export type FeatureExplained = z.infer<typeof featureExplainedSchema>;

export const featureViewSchema = z.object({ ...viewShape, features: z.array(featureExplainedSchema) });
export type FeatureViewView = z.infer<typeof featureViewSchema>;

export const featureInUseSchema = z.object({
  ...featureExplainedSchema.shape,
  services: z.array(z.string()).describe("Those that read it"),
});
export type FeatureInUse = z.infer<typeof featureInUseSchema>;

const serviceShape = {
  name: z.string(),
  instrument: z.string(),
  ...aboutShape,
  model: z
    .object({ name: z.string(), version: z.string(), run_id: z.string() })
    .nullable()
    .describe("The version that reads it; null of what the next training may read"),
  feature_set_hash: z.string().describe("Its version: equal hashes mean the same features, versions and order"),
  views: z.array(
    z.object({ view: z.string(), schema_hash: z.string(), ttl_seconds: z.number(), ttl_counts: z.enum(["market_hours", "wall_clock"]) }),
  ),
  request_fields: z.array(z.string()).describe("What comes with each question, for its features on demand"),
};

export const serviceFeatureSchema = z.object({
  ref: z.string(),
  name: z.string(),
  view: z.string(),
  version: z.int(),
  dtype: z.literal("double"),
  unit: z.string(),
  description: z.string(),
});

export const featureServiceSchema = z.object({
  ...serviceShape,
  features: z.array(serviceFeatureSchema).describe("In the order of the model's inputs"),
});
export type FeatureServiceView = z.infer<typeof featureServiceSchema>;

export const catalogueSchema = z.object({
  entities: z.array(entityViewSchema),
  views: z.array(z.object({ ...viewShape, features: z.array(z.string()).describe("Names, in order") })),
  services: z.array(z.object({ ...serviceShape, features: z.int().describe("How many") })),
  unreadable_services: z.array(z.object({ name: z.string(), reason: z.string() })).describe("Of models in Production"),
});
export type CatalogueAnswer = z.infer<typeof catalogueSchema>;

export const readCatalogue = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/features",
  summary: "the feature store: entities, feature views, and the feature services that models read",
  has_etag: true,
  answers: { 200: catalogueSchema },
});

export const readFeatureView = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/features/views/{view}",
  summary: "a feature view with every feature explained: unit, formula, lookback, version",
  has_etag: true,
  answers: { 200: featureViewSchema },
  errors: [404],
});

export const readFeature = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/features/views/{view}/{feature}",
  summary: "one feature explained, and which services read it",
  has_etag: true,
  answers: { 200: featureInUseSchema },
  errors: [404],
});

export const readFeatureService = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/features/services/{service}",
  summary: "the exact ordered list that a model reads; NAME@VERSION: that version of it, in Production or not",
  has_etag: true,
  answers: { 200: featureServiceSchema },
  errors: [404, 409],
});
