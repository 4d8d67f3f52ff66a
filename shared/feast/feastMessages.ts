import type { FeatureViewView } from "../contracts/features.ts";
import { type Instant, SECOND } from "../domain/instant.ts";
import type { ProtobufWriter } from "../onnx/protobufWriter.ts";

/** ValueType.Enum of feast/types/Value.proto. */
export const VALUE_TYPES = { string: 2, double: 5 } as const;

/** Times of a row in the files and the pushes that a registry names. */
const TIMES = { event: "event_timestamp", created: "created" } as const;

/** DataSource.SourceType of feast/core/DataSource.proto. */
const SOURCE_TYPES = { file: 1, push: 9 } as const;

/** Meta of any object: when it was made, and last changed. */
export function writeMeta(message: ProtobufWriter, at: Instant): void {
  for (const field of [1, 2]) message.message(field, (time) => time.integer(1, Math.floor(at / SECOND)));
}

/** A map of texts, each an entry of its own. */
export function writeTags(message: ProtobufWriter, field: number, tags: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(tags)) {
    message.message(field, (entry) => {
      entry.text(1, key);
      entry.text(2, value);
    });
  }
}

/** A file of the view's rows, which Feast wants named. `project`: of a source that stands by itself. */
export function writeBatchSource(message: ProtobufWriter, { name }: FeatureViewView, project?: string): void {
  message.integer(1, SOURCE_TYPES.file);
  message.text(3, TIMES.event);
  message.text(5, TIMES.created);
  message.message(11, (options) => options.text(2, `data/${name}.parquet`));
  message.text(17, "feast.infra.offline_stores.file_source.FileSource");
  message.text(20, `${name}_rows`);
  if (project !== undefined) message.text(21, project);
}

/** How rows of a view are pushed. */
export function writePushSource(message: ProtobufWriter, view: FeatureViewView, push_source: string, project?: string): void {
  message.integer(1, SOURCE_TYPES.push);
  message.text(3, TIMES.event);
  message.text(5, TIMES.created);
  message.text(17, "feast.data_source.PushSource");
  message.text(20, push_source);
  if (project !== undefined) message.text(21, project);
  message.message(26, (batch) => writeBatchSource(batch, view));
}

/** A column of a view, and what is to be known of it. */
export function writeFeature(message: ProtobufWriter, { name, description, unit, version }: FeatureViewView["features"][number]): void {
  message.text(1, name);
  message.integer(2, VALUE_TYPES.double);
  writeTags(message, 3, { unit, version: String(version) });
  message.text(4, description);
}

/** Of a view the features that a service reads, in its order. */
export function writeProjection(message: ProtobufWriter, view: FeatureViewView, names: readonly string[]): void {
  message.text(1, view.name);
  const features = new Map(view.features.map((feature) => [feature.name, feature]));
  for (const name of names) {
    const feature = features.get(name);
    if (feature) message.message(2, (column) => writeFeature(column, feature));
  }
  message.text(5, TIMES.event);
  message.text(7, TIMES.created);
  message.message(8, (batch) => writeBatchSource(batch, view));
  message.text(11, "featureView");
}
