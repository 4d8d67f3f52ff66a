import type { ExecutionContext } from "@cloudflare/workers-types";
import { getPath } from "hono/utils/url";
import { composeServing } from "./composeServing.ts";
import { readSettings, type ServingBindings } from "./environment.ts";
import { leaving, misconfigured } from "./refusals.ts";

let composed: ReturnType<typeof composeServing> | undefined;

/**
 * The Worker in front where one machine runs two (functions/local/serve): it answers predictions in an isolate of its own, whose few
 * living objects are collected in milliseconds and which holds no pipeline, and hands everything else to the whole Worker as it came.
 * Through the stores alone do the two know of each other.
 */
export default {
  fetch(request: Request, env: ServingBindings, context: ExecutionContext): Response | Promise<Response> {
    try {
      composed ??= composeServing(env, readSettings(env));
      const { app, paths, drain } = composed;
      if (drain.is_closed) return leaving();
      return paths.has(getPath(request)) ? app.fetch(request, env, context as never) : env.PLATFORM.fetch(request);
    } catch (error) {
      return misconfigured(error);
    }
  },
};
