import { type Context, Hono } from "hono";
import { answerError as answerProblem } from "../../../../shared/contracts/route/answerError.ts";
import { OWN_ERRORS } from "../../../../shared/contracts/route/ownErrors.ts";
import { AppError } from "../../../../shared/errors.ts";
import { answerError } from "../../http/oandaError.ts";
import type { SandboxContext } from "../../sandboxContext.ts";
import { type FeedEntry, toEntry } from "../feeds/feedEntry.ts";
import { feedContentType, renderFeed } from "../feeds/renderFeed.ts";
import { findSite, NEWS_SITE_IDS, type NewsSite } from "../sites.ts";
import { parseArchiveQuery } from "./archiveQuery.ts";
import { renderArticlePage, renderFrontPage, renderMembersPage } from "./articlePage.ts";
import { isUnchanged, validatorHeaders } from "./conditional.ts";
import { injectNewsFaults } from "./newsFaults.ts";
import { failSometimes, keepWaiting, watchManners } from "./newsGuards.ts";
import { robotsText } from "./robots.ts";

/** Items in a live feed. */
const FEED_LENGTH = 50;
const RELATED = 4;

type Answer = (c: Context, site: NewsSite, context: SandboxContext) => Response | Promise<Response>;

/** The four news sites: feeds, pages, archives and robots.txt. */
export function createNewsRoutes(context: SandboxContext): Hono {
  const app = new Hono();
  app.get("/robots.txt", (c) => c.text(robotsText()));
  app.all("/robots.txt", refuseMethod);
  app.use("/news/:site/*", requireSite, watchManners(context), injectNewsFaults(context), failSometimes(context), keepWaiting(context));
  const routes: readonly (readonly [string, Answer])[] = [
    ["/news/:site/", frontPage],
    ["/news/:site/feed.xml", liveFeed],
    ["/news/:site/archive.xml", archive],
    ["/news/:site/articles/:slug", articlePage],
    ["/news/:site/members/:slug", (c, site) => c.html(renderMembersPage(site), 403)],
  ];
  for (const [path, answer] of routes) {
    app.get(path, (c) => answer(c, siteOf(c), context));
    app.all(path, refuseMethod);
  }
  app.onError((error, c) =>
    error instanceof AppError && error.status === 422 ? answerProblem(c, error, OWN_ERRORS) : answerError(c, error),
  );
  return app;
}

async function requireSite(c: Context, next: () => Promise<void>): Promise<void> {
  siteOf(c);
  await next();
}

function siteOf(c: Context): NewsSite {
  const site = findSite(c.req.param("site") ?? "");
  if (site) return site;
  throw new AppError("not_found", `There is no site "${c.req.param("site")}". There are ${NEWS_SITE_IDS.join(", ")}.`, { status: 404 });
}

function refuseMethod(c: Context): Response {
  return c.json({ errorMessage: `${c.req.method} is not allowed here. Use GET.` }, 405, { Allow: "GET" });
}

function originOf(c: Context): string {
  return new URL(c.req.url).origin;
}

function liveFeed(c: Context, site: NewsSite, { newsroom, clock }: SandboxContext): Response {
  const now = clock.now();
  const items = newsroom.newest(site, FEED_LENGTH, now);
  // The newest item decides which the others are, and its key depends on the seed.
  const [newest] = items;
  const last_modified = newest?.first_seen_at ?? now;
  const validators = { etag: `"${newest?.id ?? "empty"}-${(newest?.key ?? 0).toString(16)}"`, last_modified };
  const headers = validatorHeaders(validators);
  if (isUnchanged(validators, (name) => c.req.header(name))) return c.body(null, 304, headers);
  const page = { site, origin: originOf(c), entries: items.map(toEntry), updated_at: last_modified, is_archive: false };
  return c.body(renderFeed(page), 200, { ...headers, "Content-Type": feedContentType(site.format) });
}

function archive(c: Context, site: NewsSite, { newsroom, clock }: SandboxContext): Response {
  const { start, end } = parseArchiveQuery((name) => c.req.query(name));
  const now = clock.now();
  const entries = newsroom.seenBetween(site, start, Math.min(end, now + 1)).map(toEntry);
  const page = { site, origin: originOf(c), entries, updated_at: Math.min(end, now), is_archive: true };
  return c.body(renderFeed(page), 200, { "Content-Type": feedContentType(site.format) });
}

function articlePage(c: Context, site: NewsSite, context: SandboxContext): Response | Promise<Response> {
  const { newsroom, clock } = context;
  const slug = c.req.param("slug") ?? "";
  const item = newsroom.find(site, slug.slice(slug.lastIndexOf("-") + 1));
  const entry = item && item.published_at <= clock.now() ? toEntry(item) : null;
  if (entry === null || entry.path !== `/news/${site.id}/articles/${slug}`) return c.html(NO_SUCH_PAGE, 404);
  const related = newest(site, RELATED + 1, context).filter(({ path }) => path !== entry.path);
  return c.html(renderArticlePage(entry, originOf(c), related.slice(0, RELATED)));
}

function frontPage(c: Context, site: NewsSite, context: SandboxContext): Response | Promise<Response> {
  return c.html(renderFrontPage(site, newest(site, FEED_LENGTH, context)));
}

function newest(site: NewsSite, count: number, { newsroom, clock }: SandboxContext): FeedEntry[] {
  return newsroom.newest(site, count, clock.now()).map(toEntry);
}

const NO_SUCH_PAGE = `<!doctype html><html lang="en"><head><title>Not found</title></head><body><h1>Not found</h1><p>The page may have moved.</p></body></html>`;
