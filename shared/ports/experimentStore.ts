import type { Instant } from "../domain/instant.ts";
import type { Condition, Ordering } from "../mlflow/filter/condition.ts";
import type { SearchPage } from "../mlflow/pageToken.ts";

/** Experiments, in MLflow's terms. */

export type LifecycleStage = "active" | "deleted";

export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

export interface Experiment {
  /** A decimal number. */
  readonly experiment_id: string;
  readonly name: string;
  readonly artifact_location: string;
  readonly lifecycle_stage: LifecycleStage;
  readonly creation_time: Instant;
  readonly last_update_time: Instant;
  /** By key. */
  readonly tags: readonly KeyValue[];
}

export interface NewExperiment {
  readonly name: string;
  /** Null: one with its own id in it. */
  readonly artifact_location: string | null;
  readonly tags: readonly KeyValue[];
  readonly at: Instant;
}

/** A search: all conditions hold, the first order counts most, and one row more than the page's limit is given where there is one. */
export interface Search {
  readonly conditions: readonly Condition[];
  readonly orders: readonly Ordering[];
  readonly page: SearchPage;
}

export interface ExperimentSearch extends Search {
  readonly stages: readonly LifecycleStage[];
}

export interface ExperimentStore {
  /** Its id; null when an experiment of that name exists, deleted or not. */
  create(experiment: NewExperiment): Promise<string | null>;
  get(experiment_id: string): Promise<Experiment | null>;
  named(name: string): Promise<Experiment | null>;
  search(search: ExperimentSearch): Promise<readonly Experiment[]>;
  /** False when another has that name. */
  rename(experiment_id: string, name: string, at: Instant): Promise<boolean>;
  /** Deletes or restores it with all of its runs. */
  setStage(experiment_id: string, stage: LifecycleStage, at: Instant): Promise<void>;
  setTag(experiment_id: string, tag: KeyValue): Promise<void>;
  /** False when it has no such tag. */
  deleteTag(experiment_id: string, key: string): Promise<boolean>;
}
