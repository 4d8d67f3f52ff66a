import type { MlflowStores } from "../../../../shared/ports/mlflowStores.ts";
import type { Database } from "../database.ts";
import { createExperimentStore } from "./experiments.ts";
import { createRunStore } from "./runStore.ts";

/** Everything of MLflow's in libSQL. */
export function createMlflowStores(database: Database): MlflowStores {
  return { experiments: createExperimentStore(database), runs: createRunStore(database) };
}
