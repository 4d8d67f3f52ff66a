import { OWN_ERRORS } from "./route/ownErrors.ts";
import type { RouteFamily } from "./route/routeFamily.ts";

/** The Worker's routes for everybody: predictions, health, and what there is. */
export const OPEN_ROUTES: RouteFamily = { name: "open", base: "", auth: null, error: OWN_ERRORS };

/** The Worker's routes for those who look after it. */
export const API_ROUTES: RouteFamily = { name: "api", base: "/api", auth: "admin_token", error: OWN_ERRORS };

/** What the host of one machine says to the Worker that it runs. */
export const HOST_ROUTES: RouteFamily = { name: "host", base: "/drain", auth: "host_token", error: OWN_ERRORS };

/** The sidecar's: any supervisor may watch its health. */
export const SIDECAR_HEALTH: RouteFamily = { name: "health", base: "", auth: null, error: OWN_ERRORS };
export const SIDECAR_ROUTES: RouteFamily = { name: "sidecar", base: "/v1", auth: "sidecar_token", error: OWN_ERRORS };
