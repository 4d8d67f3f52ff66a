import { DOCS_ROUTES } from "./families.ts";
import { defineRoute, fileAnswer } from "./route/defineRoute.ts";

/** What the page is made of, beside itself. */
export const DOCS_FILES = {
  "docs.css": "text/css; charset=utf-8",
  "docs.js": "text/javascript; charset=utf-8",
  "favicon.png": "image/png",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  "swagger-ui.css": "text/css; charset=utf-8",
} as const;
export type DocsFile = keyof typeof DOCS_FILES;

export const docsPageRoute = defineRoute({
  family: DOCS_ROUTES,
  closable: "docs",
  method: "GET",
  path: "/docs",
  summary: "all of these on a page to try them from",
  has_etag: true,
  answers: { 200: fileAnswer("text/html") },
  errors: [404],
});

export const docsFileRoute = defineRoute({
  family: DOCS_ROUTES,
  closable: "docs",
  method: "GET",
  path: "/docs/{file}",
  summary: "what that page is made of",
  has_etag: true,
  answers: { 200: fileAnswer("text/css", "text/javascript", "image/png") },
  errors: [404],
});
