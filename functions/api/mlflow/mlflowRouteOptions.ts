import type { MlflowStores } from "../../../shared/ports/mlflowStores.ts";
import type { Ports } from "../../pipelines/ports.ts";
import type { ForeignRuns } from "./requireRun.ts";

export interface MlflowRouteOptions extends MlflowStores, Ports {
  newId(): string;
}

/** What all routes of one app share. */
export interface MlflowRouteContext extends MlflowRouteOptions {
  readonly foreign_runs: ForeignRuns;
}
