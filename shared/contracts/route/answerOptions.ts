import type { Context, Hono, MiddlewareHandler, Next } from "hono";
import { cors } from "hono/cors";
import { allowedMethods } from "../allowedMethods.ts";

/** How long a browser keeps what it was told of an address: an hour. */
const PREFLIGHT_SECONDS = 3_600;
/** Of an answer, what a script may read beside its body. */
const SHOWN_HEADERS = ["ETag", "RateLimit", "RateLimit-Policy", "Retry-After", "Server-Timing", "X-Request-Id"];
const SENT_HEADERS = ["Authorization", "Content-Type", "If-None-Match", "X-Request-Id"];

/** The headers by which a browser lets pages of those origins ask, and the answer to its question beforehand. Nobody else has them. */
export function answerPages(origins: ReadonlySet<string>): MiddlewareHandler {
  const answerPage = cors({
    origin: [...origins],
    allowMethods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    allowHeaders: SENT_HEADERS,
    exposeHeaders: SHOWN_HEADERS,
    maxAge: PREFLIGHT_SECONDS,
  });
  return async function pageAnswers(context, next) {
    if (origins.has(context.req.header("origin") ?? "")) return answerPage(context, next);
    await next();
    context.res.headers.append("Vary", "Origin");
    return undefined;
  };
}

/** Answers OPTIONS with what a path takes (RFC 9110, 9.3.7), and hands on what else comes. */
export function tellMethods({ routes }: Hono, context: Context, next: Next): ReturnType<MiddlewareHandler> {
  const methods = context.req.method === "OPTIONS" ? allowedMethods(routes, context.req.path) : [];
  if (methods.length === 0) return next();
  return Promise.resolve(context.body(null, 204, { Allow: [...methods, "OPTIONS"].sort().join(", ") }));
}
