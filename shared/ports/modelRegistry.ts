import type { Instant } from "../domain/instant.ts";
import type { Actor } from "../models/actor.ts";
import type { KeyValue, Search } from "./experimentStore.ts";
import type { ModelStage } from "./tracking.ts";

/** Registered models and their versions, in MLflow's terms. Those that training registers are among them. */

export interface RegisteredModel {
  readonly name: string;
  readonly creation_timestamp: Instant;
  readonly last_updated_timestamp: Instant;
  readonly description: string;
  readonly tags: readonly KeyValue[];
  readonly aliases: readonly ModelAlias[];
  /** Of each stage the version of the highest number. */
  readonly latest_versions: readonly RegistryVersion[];
}

export interface ModelAlias {
  readonly alias: string;
  readonly version: string;
}

export interface RegistryVersion {
  readonly name: string;
  readonly version: string;
  readonly creation_timestamp: Instant;
  readonly last_updated_timestamp: Instant;
  readonly current_stage: ModelStage;
  readonly description: string;
  /** As it was registered: a location, or the model or run that it came from. */
  readonly source: string;
  /** Where its files lie. */
  readonly storage_location: string;
  /** "" of one that comes from no run. */
  readonly run_id: string;
  readonly run_link: string;
  /** The logged model that it is; null of a client of 2.x. */
  readonly model_id: string | null;
  readonly tags: readonly KeyValue[];
  readonly aliases: readonly string[];
}

export interface NewVersion {
  readonly name: string;
  readonly source: string;
  readonly storage_location: string;
  readonly run_id: string;
  readonly run_link: string;
  readonly model_id: string | null;
  readonly description: string;
  readonly tags: readonly KeyValue[];
  readonly at: Instant;
}

export interface StageMove {
  readonly name: string;
  readonly version: string;
  readonly to_stage: ModelStage;
  /** The other versions of that stage become Archived. */
  readonly archives_others: boolean;
  readonly at: Instant;
  readonly reason: string;
  readonly by: Actor;
}

export interface ModelRegistry {
  /** False when a model of that name exists. */
  createModel(name: string, description: string, tags: readonly KeyValue[], at: Instant): Promise<boolean>;
  model(name: string): Promise<RegisteredModel | null>;
  searchModels(search: Search): Promise<readonly RegisteredModel[]>;
  describeModel(name: string, description: string, at: Instant): Promise<void>;
  /** False when a model of the new name exists. */
  renameModel(name: string, new_name: string, at: Instant): Promise<boolean>;
  /** With its versions; the moves of their stages are kept, under a name that says when it was deleted. */
  deleteModel(name: string, at: Instant): Promise<void>;
  setModelTag(name: string, tag: KeyValue): Promise<void>;
  deleteModelTag(name: string, key: string): Promise<void>;
  /** As it is kept, with the next number of the model: none is given twice, that of a deleted version neither. Null: there is no such model. */
  createVersion(version: NewVersion): Promise<RegistryVersion | null>;
  version(name: string, version: string): Promise<RegistryVersion | null>;
  searchVersions(search: Search): Promise<readonly RegistryVersion[]>;
  describeVersion(name: string, version: string, description: string, at: Instant): Promise<void>;
  deleteVersion(name: string, version: string, at: Instant, by: Actor): Promise<void>;
  setVersionTag(name: string, version: string, tag: KeyValue): Promise<void>;
  deleteVersionTag(name: string, version: string, key: string): Promise<void>;
  /** Moves a version that /predict is not served by, as MLflow does: other versions stay where they are unless they are to be archived. */
  moveVersion(move: StageMove): Promise<void>;
  /** Points an alias at a version, or, with null, at none; each change is recorded. */
  setAlias(name: string, alias: string, version: string | null, at: Instant, by: Actor): Promise<void>;
}
