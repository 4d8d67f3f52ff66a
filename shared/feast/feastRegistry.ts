import type { CatalogueEntity } from "../catalogue/entities.ts";
import type { FeatureServiceView, FeatureViewView } from "../contracts/features.ts";
import { type Instant, SECOND } from "../domain/instant.ts";
import { createProtobufWriter, type ProtobufWriter } from "../onnx/protobufWriter.ts";
import { VALUE_TYPES, writeBatchSource, writeFeature, writeMeta, writeProjection, writePushSource, writeTags } from "./feastMessages.ts";

/** What a registry is made of: the catalogue, as its routes answer. */
export interface FeastCatalogue {
  readonly entity: CatalogueEntity;
  /** Those that have rows of instruments of their own. */
  readonly views: readonly FeatureViewView[];
  readonly services: readonly FeatureServiceView[];
}

/** The name of Feast's project: its clients name it in their settings. */
export const FEAST_PROJECT = "fx_medallion";

/**
 * The catalogue as Feast's registry.db: a message Registry of feast/core/Registry.proto, as Feast 0.67.0 reads it without a server. `at` is
 * when it is written. Every view names a Parquet file of its rows under data/, which Feast wants named and nobody has to have; one that is
 * pushed its source, too. What of a service is computed on demand is not told: Feast would want its Python code, and the server computes it.
 */
export function feastRegistry({ entity, views, services }: FeastCatalogue, at: Instant): Uint8Array<ArrayBuffer> {
  const registry = createProtobufWriter();
  registry.message(1, (message) => writeEntity(message, entity, at));
  registry.text(3, "1");
  registry.text(4, `fx-medallion ${views.map(({ schema_hash }) => schema_hash).join(" ")}`);
  registry.message(5, (time) => time.integer(1, Math.floor(at / SECOND)));
  for (const view of views) registry.message(6, (message) => writeView(message, view, entity, at));
  for (const service of services) registry.message(7, (message) => writeService(message, service, views, at));
  for (const view of views) {
    registry.message(12, (source) => writeBatchSource(source, view, FEAST_PROJECT));
    const { push_source } = view;
    if (push_source !== null) registry.message(12, (source) => writePushSource(source, view, push_source, FEAST_PROJECT));
  }
  registry.message(17, (message) => writeProject(message, at));
  return registry.finish();
}

function writeEntity(message: ProtobufWriter, { name, join_key, description }: CatalogueEntity, at: Instant): void {
  message.message(1, (spec) => {
    spec.text(1, name);
    spec.integer(2, VALUE_TYPES.string);
    spec.text(3, description);
    spec.text(4, join_key);
    spec.text(9, FEAST_PROJECT);
  });
  message.message(2, (meta) => writeMeta(meta, at));
}

function writeView(message: ProtobufWriter, view: FeatureViewView, entity: CatalogueEntity, at: Instant): void {
  const { name, features, tags, schema_hash, ttl_counts, ttl_seconds, push_source } = view;
  message.message(1, (spec) => {
    spec.text(1, name);
    spec.text(2, FEAST_PROJECT);
    spec.text(3, entity.name);
    for (const feature of features) spec.message(4, (column) => writeFeature(column, feature));
    writeTags(spec, 5, { ...tags, schema_hash, ttl_counts: ttl_counts ?? "never" });
    if (ttl_seconds !== null) spec.message(6, (ttl) => ttl.integer(1, ttl_seconds));
    spec.message(7, (source) => writeBatchSource(source, view));
    spec.integer(8, 1);
    if (push_source !== null) spec.message(9, (source) => writePushSource(source, view, push_source));
    spec.text(10, view.description);
    spec.text(11, view.owner);
    spec.message(12, (column) => {
      column.text(1, entity.join_key);
      column.integer(2, VALUE_TYPES.string);
    });
    spec.text(18, "latest");
  });
  message.message(2, (meta) => writeMeta(meta, at));
}

function writeService(message: ProtobufWriter, service: FeatureServiceView, views: readonly FeatureViewView[], at: Instant): void {
  const { name, features, tags, feature_set_hash, description, owner } = service;
  message.message(1, (spec) => {
    spec.text(1, name);
    spec.text(2, FEAST_PROJECT);
    for (const view of views) {
      const read = features.filter((feature) => feature.view === view.name).map((feature) => feature.name);
      if (read.length > 0) spec.message(3, (projection) => writeProjection(projection, view, read));
    }
    writeTags(spec, 4, { ...tags, feature_set_hash });
    spec.text(5, description);
    spec.text(6, owner);
  });
  message.message(2, (meta) => writeMeta(meta, at));
}

function writeProject(message: ProtobufWriter, at: Instant): void {
  message.message(1, (spec) => {
    spec.text(1, FEAST_PROJECT);
    spec.text(2, "Features of currency pairs, written by fx features feast-registry.");
  });
  message.message(2, (meta) => writeMeta(meta, at));
}
