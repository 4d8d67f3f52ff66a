import type { ArtifactStore } from "./artifactStore.ts";
import type { ExperimentStore } from "./experimentStore.ts";
import type { LoggedModelStore } from "./loggedModelStore.ts";
import type { ModelRegistry } from "./modelRegistry.ts";
import type { RunStore } from "./runStore.ts";

/** What MLflow's API stands on. */
export interface MlflowStores {
  readonly experiments: ExperimentStore;
  readonly runs: RunStore;
  readonly logged_models: LoggedModelStore;
  readonly registry: ModelRegistry;
  readonly artifacts: ArtifactStore;
}
