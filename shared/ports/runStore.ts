import type { Instant } from "../domain/instant.ts";
import type { SearchPage } from "../mlflow/pageToken.ts";
import type { KeyValue, LifecycleStage, Search } from "./experimentStore.ts";
import type { RunDataset } from "./runDataset.ts";
import type { Metric, RunStatus } from "./tracking.ts";

/** Runs with all that clients log of them, in MLflow's terms. What training logs by Tracking.logRun are runs like any other. */

export interface RunInfo {
  readonly run_id: string;
  readonly experiment_id: string;
  readonly run_name: string;
  readonly user_id: string;
  readonly status: RunStatus;
  readonly start_time: Instant;
  readonly end_time: Instant | null;
  readonly artifact_uri: string;
  readonly lifecycle_stage: LifecycleStage;
}

export interface RunModel {
  readonly model_id: string;
  readonly step: number;
}

export interface Run {
  readonly info: RunInfo;
  /** The latest point of each, by key. */
  readonly metrics: readonly Metric[];
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
  readonly datasets: readonly RunDataset[];
  readonly model_inputs: readonly RunModel[];
  readonly model_outputs: readonly RunModel[];
}

export interface NewRun {
  readonly info: RunInfo;
  readonly tags: readonly KeyValue[];
}

export interface RunEntries {
  readonly metrics: readonly Metric[];
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
}

export interface RunChange {
  readonly status?: RunStatus | undefined;
  readonly end_time?: Instant | undefined;
  readonly run_name?: string | undefined;
}

export interface RunSearch extends Search {
  readonly experiment_ids: readonly string[];
  readonly stages: readonly LifecycleStage[];
}

export interface HistoryQuery {
  readonly run_ids: readonly string[];
  readonly key: string;
  /** Absent: every step. */
  readonly steps?: readonly number[];
  readonly page: SearchPage;
}

/** At which steps runs logged a metric: those of all runs, sorted, and the first and the last of each run. */
export interface MetricSteps {
  readonly all: readonly number[];
  readonly ends: readonly number[];
}

/** A data set that runs of an experiment read. */
export interface UsedDataset {
  readonly experiment_id: string;
  readonly name: string;
  readonly digest: string;
  readonly context: string | null;
}

/** What changes a run throws RESOURCE_DOES_NOT_EXIST where there is none, and INVALID_PARAMETER_VALUE where it is deleted. */
export interface RunStore {
  /** The run as it is kept. */
  create(run: NewRun): Promise<Run>;
  get(run_id: string): Promise<Run | null>;
  /** Null: there is no such run. */
  info(run_id: string): Promise<RunInfo | null>;
  search(search: RunSearch): Promise<readonly Run[]>;
  update(run_id: string, change: RunChange): Promise<RunInfo>;
  /** Writes all or nothing. A parameter keeps its value: another one is INVALID_PARAMETER_VALUE. */
  log(run_id: string, entries: RunEntries): Promise<void>;
  /** False when it has no such tag. */
  deleteTag(run_id: string, key: string): Promise<boolean>;
  /** False when there is no such run. */
  setStage(run_id: string, stage: LifecycleStage, at: Instant): Promise<boolean>;
  /** Points of one metric, the oldest first. */
  history(query: HistoryQuery): Promise<readonly (Metric & { readonly run_id: string })[]>;
  /** Within [start, end], where they are given. */
  metricSteps(run_ids: readonly string[], key: string, start?: number, end?: number): Promise<MetricSteps>;
  addInputs(run_id: string, datasets: readonly RunDataset[], models: readonly RunModel[]): Promise<void>;
  addOutputs(run_id: string, models: readonly RunModel[]): Promise<void>;
  usedDatasets(experiment_ids: readonly string[], limit: number): Promise<readonly UsedDataset[]>;
}
