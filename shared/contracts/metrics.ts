import { API_ROUTES, METRICS_ROUTES } from "./families.ts";
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

/** For who may not ask the sidecar, which has a token of its own: a page, or a scrape of the Worker alone. */
export const readMetricsOfSidecar = defineRoute({
  family: API_ROUTES,
  method: "GET",
  closable: "metrics",
  path: "/api/sidecar/metrics",
  summary: "what the sidecar tells Prometheus: jobs, queue, memory and GPU, text 0.0.4",
  answers: { 200: fileAnswer("text/plain") },
  errors: [503],
});
