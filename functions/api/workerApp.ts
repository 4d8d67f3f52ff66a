import type { Hono } from "hono";
import type { AllowedHosts } from "../../shared/contracts/allowedHosts.ts";
import type { Keyring } from "../../shared/contracts/keys/keyring.ts";
import type { Closable } from "../../shared/contracts/route/closedPages.ts";
import { createRouteApp, type RouteAppOptions } from "../../shared/contracts/route/createRouteApp.ts";
import type { RateOptions } from "../../shared/contracts/route/limitRates.ts";
import type { MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { withoutClosed } from "../../shared/contracts/route/withoutClosed.ts";
import { canonicalPath } from "../../shared/mlflow/canonicalPath.ts";
import { answerHeaders } from "./answerHeaders.ts";
import type { DrainRouteOptions } from "./drain.ts";
import { countAnswer, type Metering, slotted } from "./metering.ts";
import { translateError } from "./translateError.ts";

export interface WorkerAppOptions {
  /** Who may ask for what. Without a key and an ADMIN_TOKEN everything is open, for a machine's own loopback. */
  readonly keyring: Keyring;
  readonly allowed_hosts: AllowedHosts;
  /** Pages of other addresses that may ask from a browser. */
  readonly cors_origins?: ReadonlySet<string>;
  /** Pages that this installation does without; absent: none. */
  readonly closed_pages?: ReadonlySet<Closable>;
  /** How often somebody may ask; absent: as often as they like. */
  readonly rates?: RateOptions;
  readonly drain?: Pick<DrainRouteOptions, "token">;
  /** What a browser gets at `/`, and where there is nothing; absent: what programs get. */
  readonly page?: RouteAppOptions["page"];
  /** What counts the answers; absent: nothing does. */
  readonly metering?: Metering;
}

const ADVICE = "Send a key of this installation (API_KEYS), or its ADMIN_TOKEN, as a bearer token in the Authorization header.";

/** A server of routes with the Worker's guards, keys and words of errors. */
export function workerApp(mounted: readonly MountedRoute[], { keyring, drain, metering, ...options }: WorkerAppOptions): Hono {
  return createRouteApp({
    mounted: withoutClosed(metering ? mounted.map((route) => slotted(route, metering.meter)) : mounted, options.closed_pages),
    allowed_hosts: options.allowed_hosts,
    ...(options.cors_origins ? { cors_origins: options.cors_origins } : {}),
    around: [answerHeaders(() => performance.now(), metering && ((context, took_ms) => countAnswer(metering, context, took_ms)))],
    ...(options.rates ? { rates: options.rates } : {}),
    ...(options.page && !options.closed_pages?.has("ui") ? { page: options.page } : {}),
    bearers: {
      admin_token: { keyring, advice: ADVICE, without_keys: "loopback" },
      api_key: { keyring, advice: ADVICE, without_keys: "open" },
      host_token: { token: drain?.token ?? null, advice: ADVICE },
    },
    translate: translateError,
    path_of: canonicalPath,
  });
}
