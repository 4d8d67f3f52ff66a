import { SIDECAR_ROUTES } from "./families.ts";
import { defineRoute, fileAnswer } from "./route/defineRoute.ts";

/** The sidecar's own: docs/metrics.md. */
export const readSidecarMetrics = defineRoute({
  family: SIDECAR_ROUTES,
  method: "GET",
  path: "/v1/metrics",
  summary: "jobs, queue, memory and GPU, for Prometheus: text 0.0.4, or OpenMetrics where Accept asks for it",
  answers: { 200: fileAnswer("text/plain", "application/openmetrics-text") },
});
