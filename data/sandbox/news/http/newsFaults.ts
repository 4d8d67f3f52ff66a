import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context, MiddlewareHandler } from "hono";
import iconv from "iconv-lite";
import { cutInHalf } from "../../http/cutInHalf.ts";
import { type FaultOrder, NEWS_FAULTS, type NewsPage } from "../../http/faults.ts";
import type { SandboxContext } from "../../sandboxContext.ts";
import type { NewsSiteId } from "../sites.ts";

const HUGE_BYTES = 50 * 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;
const ENTITY_LEVELS = 9;

type Fault = (c: Context, next: () => Promise<void>, order: FaultOrder) => Promise<Response | undefined>;

/** Lets a fault that was ordered befall a request for a page of a site. */
export function injectNewsFaults({ faults, sleep }: SandboxContext): MiddlewareHandler {
  const effects: Readonly<Record<(typeof NEWS_FAULTS)[number], Fault>> = {
    rate_limit: async (c, _next, { retry_after_s }) =>
      c.text("Too many requests (ordered fault).", 429, { "Retry-After": String(retry_after_s) }),
    server_error: async (c, _next, { retry_after_s }) =>
      c.text("Unavailable (ordered fault).", 503, { "Retry-After": String(retry_after_s) }),
    slow: async (_c, next, { delay_ms }) => sleep(delay_ms).then(next) as Promise<undefined>,
    truncate: async (c, next) => next().then(() => cutInHalf(c)) as Promise<undefined>,
    down: async (c) => hangUp(c),
    redirect_loopback: async (c) => c.redirect(`http://127.0.0.1:1${c.req.path}`, 302),
    huge: async (c) => c.body(endless(c.req.path), 200, { "Content-Type": typeOf(c.req.path) }),
    entity_bomb: async (c) => c.body(entityBomb(), 200, { "Content-Type": "application/xml; charset=utf-8" }),
    wrong_encoding: async (c, next) => next().then(() => reencode(c)) as Promise<undefined>,
    html_instead: async (c) => c.html(MAINTENANCE),
  };
  return async function newsFaultGuard(c, next) {
    const target = targetOf(c);
    const order = target && faults.take(target, NEWS_FAULTS)?.order;
    return order ? effects[order.kind as (typeof NEWS_FAULTS)[number]](c, next, order) : next();
  };
}

function targetOf(c: Context): { readonly site: NewsSiteId; readonly page: NewsPage } | null {
  const [, site, page] = /^\/news\/([^/]+)\/(feed\.xml|archive\.xml|articles\/|members\/)/.exec(c.req.path) ?? [];
  if (site === undefined || page === undefined) return null;
  return { site: site as NewsSiteId, page: page === "feed.xml" ? "feed" : page === "archive.xml" ? "archive" : "article" };
}

/** Closes the connection without an answer; 503 where there is no connection, in a test that calls the app itself. */
function hangUp(c: Context): Response {
  const outgoing = (c.env as Partial<HttpBindings> | undefined)?.outgoing;
  if (!outgoing) return c.text("Down (ordered fault).", 503);
  outgoing.destroy();
  return RESPONSE_ALREADY_SENT;
}

function typeOf(path: string): string {
  return path.endsWith(".xml") ? "application/xml; charset=utf-8" : "text/html; charset=utf-8";
}

/** 50 MB that begin like an answer, made as they are read and without a Content-Length to warn of them. */
function endless(path: string): ReadableStream<Uint8Array> {
  const start = path.endsWith(".xml") ? '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>' : "<!doctype html>\n<html><body><p>";
  const chunk = new TextEncoder().encode("more and more ".repeat(CHUNK_BYTES / 14));
  let sent = 0;
  return new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode(start)),
    pull(controller) {
      controller.enqueue(chunk.slice());
      sent += chunk.length;
      if (sent >= HUGE_BYTES) controller.close();
    },
  });
}

/** "Billion laughs" (CVE-2003-1564): nine entities, each ten of the last, so 3 GB when expanded. */
function entityBomb(): string {
  const entities = Array.from({ length: ENTITY_LEVELS }, (_, level) => `<!ENTITY lol${level + 1} "${`&lol${level};`.repeat(10)}">`);
  return `<?xml version="1.0"?>\n<!DOCTYPE rss [\n<!ENTITY lol0 "lol">\n${entities.join("\n")}\n]>\n<rss version="2.0"><channel><title>&lol${ENTITY_LEVELS};</title><item><title>&lol${ENTITY_LEVELS};</title></item></channel></rss>\n`;
}

/** The answer in Windows-1252, while header and text go on to say UTF-8. */
async function reencode(c: Context): Promise<void> {
  const bytes = iconv.encode(await c.res.text(), "windows-1252");
  c.res = new Response(new Uint8Array(bytes), { status: c.res.status, headers: c.res.headers });
}

const MAINTENANCE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Scheduled maintenance</title></head>
<body><h1>We will be back soon</h1><p>This site is being improved. Please enable JavaScript & try again later.<br></body></html>`;
