import { METRICS_ROUTES } from "./families.ts";
import { defineRoute, fileAnswer } from "./route/defineRoute.ts";

/** Every metric of the platform but the sidecar's: docs/metrics.md. */
export const readMetrics = defineRoute({
  family: METRICS_ROUTES,
  method: "GET",
  closable: "metrics",
  path: "/metrics",
  summary: "what is counted and measured, for Prometheus: text 0.0.4, or OpenMetrics where Accept asks for it",
  answers: { 200: fileAnswer("text/plain", "application/openmetrics-text") },
});
