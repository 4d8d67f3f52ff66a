import type { MiddlewareHandler } from "hono";

/**
 * Said with every answer: the id under which the log has the request (the caller's own X-Request-Id where it sent one), how long the Worker
 * had it, and that a browser must neither guess what kind of file it is nor run or frame it. What is answered here is data, and files that
 * people logged.
 *
 * `now` in milliseconds. On Cloudflare time stands still but for waits, so that computing alone reads as 0 there.
 */
export function answerHeaders(now: () => number): MiddlewareHandler<{ Variables: { requestId: string } }> {
  return async function nameAnswer(context, next) {
    const began = now();
    await next();
    const { headers } = context.res;
    headers.set("X-Request-Id", context.get("requestId"));
    headers.set("Server-Timing", `app;dur=${(now() - began).toFixed(1)}`);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    headers.set("Referrer-Policy", "no-referrer");
  };
}
