import { RUNBOOK_ROUTES } from "./families.ts";
import { defineRoute, fileAnswer } from "./route/defineRoute.ts";

/** What an alert means, where to look and what to do. The links in what people are told lead here, so that it is open as the documentation is. */
export const readRunbook = defineRoute({
  family: RUNBOOK_ROUTES,
  closable: "docs",
  method: "GET",
  path: "/api/runbooks/{alert}",
  summary: "what an alert means, where to look and what to do, as Markdown",
  has_etag: true,
  answers: { 200: fileAnswer("text/markdown") },
  errors: [404],
});
