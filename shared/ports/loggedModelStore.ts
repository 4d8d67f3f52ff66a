import type { Instant } from "../domain/instant.ts";
import type { KeyValue, Search } from "./experimentStore.ts";
import type { Metric } from "./tracking.ts";

/** Logged models of MLflow 3, which a run makes, and of which versions are registered. */

export type LoggedModelStatus = "PENDING" | "READY" | "UPLOAD_FAILED";

/** A point of a run's metric that says which model it is of, and on which data. */
export interface ModelMetric extends Metric {
  readonly model_id: string;
  readonly run_id: string;
  readonly dataset_name: string | null;
  readonly dataset_digest: string | null;
}

export interface LoggedModel {
  readonly model_id: string;
  readonly experiment_id: string;
  readonly name: string;
  readonly artifact_location: string;
  readonly creation_timestamp_ms: Instant;
  readonly last_updated_timestamp_ms: Instant;
  readonly status: LoggedModelStatus;
  readonly model_type: string;
  readonly source_run_id: string;
  readonly tags: readonly KeyValue[];
  readonly params: readonly KeyValue[];
  readonly metrics: readonly ModelMetric[];
}

export interface DatasetFilter {
  readonly dataset_name: string;
  readonly dataset_digest?: string | undefined;
}

export interface LoggedModelSearch extends Search {
  readonly experiment_ids: readonly string[];
  /** Metrics count that were measured on one of these; none: every metric. */
  readonly datasets: readonly DatasetFilter[];
}

/** Of deleted models there is nothing to read. */
export interface LoggedModelStore {
  create(model: Omit<LoggedModel, "metrics">): Promise<void>;
  get(model_id: string): Promise<LoggedModel | null>;
  search(search: LoggedModelSearch): Promise<readonly LoggedModel[]>;
  setStatus(model_id: string, status: LoggedModelStatus, at: Instant): Promise<void>;
  setTags(model_id: string, tags: readonly KeyValue[]): Promise<void>;
  /** False when it has no such tag. */
  deleteTag(model_id: string, key: string): Promise<boolean>;
  /** Values that are there stay. */
  addParams(model_id: string, params: readonly KeyValue[]): Promise<void>;
  /** Points of models that there are; the same point twice is one. */
  addMetrics(metrics: readonly ModelMetric[]): Promise<void>;
  delete(model_id: string, at: Instant): Promise<void>;
}
