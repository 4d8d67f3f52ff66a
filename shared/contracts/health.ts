import { z } from "zod";
import { READINESS_ROUTES } from "./families.ts";
import { defineRoute } from "./route/defineRoute.ts";

export const componentHealthSchema = z.object({
  /** "down" of a critical component makes the answer 503; "degraded" says that something works less well and what. */
  status: z.enum(["ok", "degraded", "down"]),
  detail: z.string(),
});
export type ComponentHealth = Readonly<z.infer<typeof componentHealthSchema>>;

export const healthSchema = z.object({
  status: componentHealthSchema.shape.status,
  time: z.iso.datetime(),
  components: z.record(z.string(), componentHealthSchema),
});
export type Health = z.infer<typeof healthSchema>;

export const healthRoute = defineRoute({
  family: READINESS_ROUTES,
  method: "GET",
  path: "/health",
  summary: "200 or 503, a line for every component",
  answers: { 200: healthSchema, 503: healthSchema },
});
