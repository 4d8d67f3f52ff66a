import type { ExperimentStore } from "./experimentStore.ts";
import type { RunStore } from "./runStore.ts";

/** What MLflow's API stands on. */
export interface MlflowStores {
  readonly experiments: ExperimentStore;
  readonly runs: RunStore;
}
