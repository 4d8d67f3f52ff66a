import type { MountedRoute } from "../../../shared/contracts/route/mountRoutes.ts";
import { experimentRoutes } from "./experiments.ts";
import { loggingRoutes } from "./logging.ts";
import { metricRoutes } from "./metrics.ts";
import type { MlflowRouteOptions } from "./mlflowRouteOptions.ts";
import { runRoutes } from "./runs.ts";
import { serverRoutes } from "./server.ts";

/** MLflow's REST API, for its own clients. */
export function mlflowRoutes(options: MlflowRouteOptions): readonly MountedRoute[] {
  return [...serverRoutes(), ...experimentRoutes(options), ...runRoutes(options), ...loggingRoutes(options), ...metricRoutes(options)];
}
