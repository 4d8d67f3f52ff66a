import { healthRoute } from "../../shared/contracts/health.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { Answer } from "../../shared/contracts/route/routeTypes.ts";
import { createHealthCheck } from "../health/createHealthCheck.ts";
import type { HealthPorts } from "../health/healthPorts.ts";

export function healthRoutes(ports: HealthPorts): MountedRoute {
  const look = createHealthCheck(ports);
  return handle(healthRoute, async () => {
    const health = await look();
    return health.status === "down" ? new Answer(503, health) : new Answer(200, health);
  });
}
