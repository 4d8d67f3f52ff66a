import type { ExecutionContext } from "@cloudflare/workers-types";
import { getPath } from "hono/utils/url";
import { composeServing } from "./composeServing.ts";
import { readSettings, type ServingBindings } from "./environment.ts";
import { handOnToWhole } from "./handOnToWhole.ts";
import { leaving, misconfigured } from "./refusals.ts";

let composed: ReturnType<typeof composeServing> | undefined;

/**
 * The Worker in front where one machine runs two (functions/local/serve): it answers predictions and online features in a runtime of its own, which no pipeline
 * holds up and whose few living objects are collected in milliseconds, and hands everything else to the whole Worker as it came.
 * Through the stores alone do the two know of each other.
 */
export default {
  fetch(request: Request, env: ServingBindings, context: ExecutionContext): Response | Promise<Response> {
    try {
      composed ??= composeServing(env, readSettings(env));
      const { app, paths, drain, wasHandedOn } = composed;
      if (drain.is_closed) return leaving(request);
      const path = getPath(request);
      return paths.has(path) ? app.fetch(request, env, context as never) : handOnToWhole(request, env.PLATFORM, () => wasHandedOn(path));
    } catch (error) {
      return misconfigured(error, request);
    }
  },
};
