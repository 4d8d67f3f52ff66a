import type { Instant } from "../domain/instant.ts";
import type { Actor } from "../models/actor.ts";
import type { Pin } from "../models/pin.ts";
import type { HistoryQuery, RegistryHistory } from "./registryHistory.ts";
import type { RunDataset } from "./runDataset.ts";

/** Experiments, runs, registered models, versions and stages in MLflow's terms, so that its REST API can sit on them. */

export type RunStatus = "RUNNING" | "SCHEDULED" | "FINISHED" | "FAILED" | "KILLED";
export type ModelStage = "None" | "Staging" | "Production" | "Archived";

export interface Metric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: Instant;
  readonly step: number;
}

export interface LoggedRun {
  readonly run_id: string;
  readonly experiment: string;
  readonly run_name: string;
  readonly status: RunStatus;
  readonly start_time: Instant;
  readonly end_time: Instant | null;
  readonly artifact_uri: string;
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: readonly Metric[];
  readonly tags: Readonly<Record<string, string>>;
  /** What it was made of. Those that the run has already stay as they were logged first. */
  readonly datasets?: readonly RunDataset[];
}

export interface ModelVersion {
  readonly name: string;
  /** "1", "2", ...: a decimal string, as in MLflow. */
  readonly version: string;
  readonly run_id: string;
  /** R2 key prefix of the files that are served of it (servedSource). */
  readonly source: string;
  readonly current_stage: ModelStage;
  readonly creation_timestamp: Instant;
  readonly last_updated_timestamp: Instant;
  /** When this store registered it, by its clock. */
  readonly recorded_at: Instant;
  readonly tags: Readonly<Record<string, string>>;
}

/** As much of a version as serving needs. */
export type ServedVersion = Pick<ModelVersion, "name" | "version" | "run_id" | "source" | "last_updated_timestamp">;

export interface StageTransition {
  readonly name: string;
  readonly version: string;
  readonly from_stage: ModelStage;
  readonly to_stage: ModelStage;
  /** From when it holds: when the model could be there (modelAvailableAt), or when a person made it. */
  readonly effective_at: Instant;
  /** When this store recorded it, by its clock: later than effective_at where a replay added it to the past. */
  readonly recorded_at: Instant;
  readonly reason: string;
  readonly by: Actor;
}

export interface DatasetManifest {
  readonly sha256: string;
  readonly key: string;
  readonly instrument: string;
  readonly rows: number;
  readonly first_event_time: Instant;
  readonly last_event_time: Instant;
  /** The rows in it could be known by then. */
  readonly as_of: Instant;
  /**
   * The versions of the rows are those that were recorded by then: the features read anew with both times are the same to the byte.
   * Null: of a store older than the record.
   */
  readonly recorded_until: Instant | null;
  readonly feature_set_hash: string;
  readonly feature_names: readonly string[];
}

export interface DatasetQuery {
  /** Absent: of every instrument. */
  readonly instrument?: string;
  readonly limit: number;
  readonly offset: number;
}

export interface Tracking {
  addDataset(manifest: DatasetManifest): Promise<void>;
  dataset(sha256: string): Promise<DatasetManifest | null>;
  /** The newest as_of first. */
  datasets(query: DatasetQuery): Promise<{ readonly datasets: readonly DatasetManifest[]; readonly total_entries: number }>;
  /** Upserts the run with its params, metrics and tags. */
  logRun(run: LoggedRun): Promise<void>;
  run(run_id: string): Promise<LoggedRun | null>;
  /** Registers the run as the next version of `name`; a run that is registered already keeps its version. */
  registerVersion(name: string, run_id: string, source: string, at: Instant): Promise<ModelVersion>;
  version(name: string, version: string): Promise<ModelVersion | null>;
  setVersionTags(name: string, version: string, tags: Readonly<Record<string, string>>): Promise<void>;
  /**
   * Moves a version to a stage from `effective_at` on, archiving the versions that were there then, and records each move. In the past,
   * a version is in Production until the next change of Production that is known, so that what holds now is not touched. Idempotent
   * for a version that is there already at that moment.
   * @returns the version, with the stage that it holds now
   */
  transition(name: string, version: string, stage: ModelStage, effective_at: Instant, reason: string, by: Actor): Promise<ModelVersion>;
  /**
   * The version that was in Production at `as_of` by effective time, from the moves that were recorded by `recorded_until` (all, when
   * absent); null when none was.
   */
  productionAt(name: string, as_of: Instant, recorded_until?: Instant): Promise<ModelVersion | null>;
  /**
   * Of each name the version that is in Production now, null where none is: what serving asks every few seconds, in one question, at the cost of the
   * rows of versions that came after it. `last_updated_timestamp` is no earlier than when its being there began.
   */
  inProduction(names: readonly string[]): Promise<readonly (ServedVersion | null)[]>;
  /** What is pinned of a model at a moment (PIN_ALIAS), whoever did it; null: nothing. */
  pinAt(name: string, at: Instant): Promise<Pin | null>;
  /** Pins a version of a model, instead of the one that was; null: none any more. Again, it changes nothing. */
  pin(name: string, version: string | null, at: Instant, reason: string, by: Actor): Promise<void>;
  /** Of every registered model, training's and clients', ascending. */
  modelNames(): Promise<readonly string[]>;
  versions(name: string): Promise<readonly ModelVersion[]>;
  transitions(name: string): Promise<readonly StageTransition[]>;
  /** What was changed of a model's stages and aliases, and how they stood at a moment: as far as it was recorded by another. */
  history(name: string, query: HistoryQuery): Promise<RegistryHistory>;
}
