import { z } from "zod";
import { LIVENESS_ROUTES, OPEN_ROUTES } from "./families.ts";
import { defineRoute } from "./route/defineRoute.ts";

export const routeIndexSchema = z.object({ name: z.string(), routes: z.record(z.string(), z.string()) });

export const indexRoute = defineRoute({
  family: OPEN_ROUTES,
  method: "GET",
  path: "/",
  summary: "this list; to a browser the web application",
  has_etag: true,
  answers: { 200: routeIndexSchema },
});

export const openapiRoute = defineRoute({
  family: OPEN_ROUTES,
  method: "GET",
  path: "/openapi.json",
  summary: "all of these as OpenAPI 3.1",
  closable: "openapi",
  has_etag: true,
  answers: { 200: z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) }) },
});

/** Of a Worker that takes requests at all. Whether it can predict is what /health says. */
export const livezRoute = defineRoute({
  family: LIVENESS_ROUTES,
  method: "GET",
  path: "/livez",
  summary: "200 while the Worker takes requests, whatever it can do",
  answers: { 200: z.object({ status: z.literal("ok") }) },
});

export const versionRoute = defineRoute({
  family: OPEN_ROUTES,
  method: "GET",
  path: "/version",
  summary: "which version answers, and the commit of its code",
  has_etag: true,
  answers: { 200: z.object({ name: z.string(), version: z.string(), commit: z.string().nullable() }) },
});
