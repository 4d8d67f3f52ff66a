import type { MlflowStores } from "../../../../shared/ports/mlflowStores.ts";
import type { Database } from "../database.ts";
import { createExperimentStore } from "./experiments.ts";
import { createLoggedModelStore } from "./loggedModels.ts";
import { createModelRegistry } from "./modelRegistry.ts";
import { createRunStore } from "./runStore.ts";

/** Everything of MLflow's that is kept in libSQL; files are in the lake. */
export function createMlflowStores(database: Database): Omit<MlflowStores, "artifacts"> {
  return {
    experiments: createExperimentStore(database),
    runs: createRunStore(database),
    logged_models: createLoggedModelStore(database),
    registry: createModelRegistry(database),
  };
}
