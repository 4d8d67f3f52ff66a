import type { MiddlewareHandler } from "hono";
import type { AllowedHosts } from "./allowedHosts.ts";
import { guardRequest } from "./guardRequest.ts";

/** guardRequest as the first middleware of an app: the Worker's, the sidecar's and the sandbox's alike. */
export function guardRequests(allowed: AllowedHosts, cors_origins?: ReadonlySet<string>): MiddlewareHandler {
  return function requestGuard(context, next) {
    guardRequest(context.req.raw, allowed, cors_origins);
    return next();
  };
}
