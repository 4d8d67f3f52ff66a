import type { Hono } from "hono";
import { requestId } from "hono/request-id";
import type { AllowedHosts } from "../../shared/contracts/allowedHosts.ts";
import { createRouteApp } from "../../shared/contracts/route/createRouteApp.ts";
import type { MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { canonicalPath } from "../../shared/mlflow/canonicalPath.ts";
import { answerHeaders } from "./answerHeaders.ts";
import type { DrainRouteOptions } from "./drain.ts";
import { translateError } from "./translateError.ts";

export interface WorkerAppOptions {
  /** Bearer token of everything but /predict and /health; null leaves them open, for a machine's own loopback. */
  readonly admin_token: string | null;
  readonly allowed_hosts: AllowedHosts;
  /** Pages of other addresses that may ask from a browser. */
  readonly cors_origins?: ReadonlySet<string>;
  readonly drain?: Pick<DrainRouteOptions, "token">;
}

const ADVICE = "Send the ADMIN_TOKEN of this installation as a bearer token in the Authorization header.";

/** A server of routes with the Worker's guards, tokens and words of errors. */
export function workerApp(mounted: readonly MountedRoute[], { admin_token, drain, ...options }: WorkerAppOptions): Hono {
  return createRouteApp({
    mounted,
    allowed_hosts: options.allowed_hosts,
    ...(options.cors_origins ? { cors_origins: options.cors_origins } : {}),
    around: [requestId(), answerHeaders(() => performance.now())],
    bearers: { admin_token: { token: admin_token, advice: ADVICE }, host_token: { token: drain?.token ?? null, advice: ADVICE } },
    translate: translateError,
    path_of: canonicalPath,
  });
}
