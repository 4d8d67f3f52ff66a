import { z } from "zod";
import { OPEN_ROUTES } from "./families.ts";
import { defineRoute } from "./route/defineRoute.ts";

export const routeIndexSchema = z.object({ name: z.string(), routes: z.record(z.string(), z.string()) });

export const indexRoute = defineRoute({
  family: OPEN_ROUTES,
  method: "GET",
  path: "/",
  summary: "this list",
  answers: { 200: routeIndexSchema },
});

export const openapiRoute = defineRoute({
  family: OPEN_ROUTES,
  method: "GET",
  path: "/openapi.json",
  summary: "all of these as OpenAPI 3.1",
  answers: { 200: z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) }) },
});
