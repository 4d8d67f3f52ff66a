import { WEB_ROUTES } from "./families.ts";
import { defineRoute, fileAnswer } from "./route/defineRoute.ts";

/** The pages of the web application, each at /ui/NAME; "now" is what GET / shows to a browser as well. */
export const WEB_PAGES = [
  ...["now", "market", "pipelines", "features", "models", "predictions", "news"],
  ...["quality", "performance", "business", "infrastructure"],
] as const;

/** A media type of a file of the application by how its name ends. */
export const WEB_FILE_TYPES: Readonly<Record<string, string>> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
};

const page = {
  family: WEB_ROUTES,
  method: "GET",
  closable: "ui",
  has_etag: true,
  answers: { 200: fileAnswer("text/html") },
  errors: [404],
} as const;

export const webHomeRoute = defineRoute({ ...page, path: "/ui", summary: "the web application: what is so now" });

export const webPageRoute = defineRoute({ ...page, path: "/ui/{page}", summary: `a page of it: ${WEB_PAGES.join(", ")}` });

export const webItemRoute = defineRoute({ ...page, path: "/ui/{page}/{item}", summary: "a pipeline, model, prediction … on its page" });

export const webPartRoute = defineRoute({
  ...page,
  path: "/ui/{page}/{item}/{part}",
  summary: "a run of a pipeline, a version of a model …",
});

export const webFileRoute = defineRoute({
  family: WEB_ROUTES,
  closable: "ui",
  method: "GET",
  path: "/ui/assets/{file}",
  summary: "what those pages are made of; named by content, so that it never changes",
  answers: { 200: fileAnswer("text/javascript", "text/css", "image/svg+xml") },
  errors: [404],
});
