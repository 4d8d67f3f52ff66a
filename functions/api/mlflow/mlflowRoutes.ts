import type { MountedRoute } from "../../../shared/contracts/route/mountRoutes.ts";
import { artifactRoutes } from "./artifacts.ts";
import { experimentRoutes } from "./experiments.ts";
import { loggedModelRoutes } from "./loggedModels.ts";
import { loggingRoutes } from "./logging.ts";
import { metricRoutes } from "./metrics.ts";
import type { MlflowRouteOptions } from "./mlflowRouteOptions.ts";
import { modelVersionRoutes } from "./modelVersions.ts";
import { pageRoutes } from "./page.ts";
import { registeredModelRoutes } from "./registeredModels.ts";
import { createForeignRuns } from "./requireRun.ts";
import { runRoutes } from "./runs.ts";
import { serverRoutes } from "./server.ts";
import { stageRoutes } from "./stages.ts";

const RESOURCES = [
  experimentRoutes,
  runRoutes,
  loggingRoutes,
  metricRoutes,
  artifactRoutes,
  registeredModelRoutes,
  modelVersionRoutes,
  stageRoutes,
  loggedModelRoutes,
  pageRoutes,
];

/** MLflow's REST API, for its own clients. */
export function mlflowRoutes(options: MlflowRouteOptions): readonly MountedRoute[] {
  const context = { ...options, foreign_runs: createForeignRuns(options.runs) };
  return [...serverRoutes(), ...RESOURCES.flatMap((routesOf) => routesOf(context))];
}
