import type { Context, MiddlewareHandler } from "hono";
import { sayHeaders } from "../../shared/contracts/route/saidHeaders.ts";

/** Letters, digits and what stands in base64 for them: nothing that a log could take for anything else. */
const ID = /^[\w\-=]{1,255}$/;

/**
 * Said with every answer: the id under which the log has the request (the caller's own X-Request-Id where it sent one), how long the Worker
 * had it, and that a browser must neither guess what kind of file it is nor run or frame it. What is answered here is data, and files that
 * people logged.
 *
 * `now` in milliseconds. On Cloudflare time stands still but for waits, so that computing alone reads as 0 there. `count` is told of every answer.
 */
export function answerHeaders(
  now: () => number,
  count?: (context: Context, took_ms: number) => void,
): MiddlewareHandler<{ Variables: { requestId: string } }> {
  return async function nameAnswer(context, next) {
    const began = now();
    const id = idOf(context.req.header("x-request-id"));
    context.set("requestId", id);
    const headers = {
      "X-Request-Id": id,
      get "Server-Timing"() {
        return `app;dur=${(now() - began).toFixed(1)}`;
      },
      "X-Content-Type-Options": "nosniff",
      "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
      "Referrer-Policy": "no-referrer",
    };
    await sayHeaders(context, headers, next);
    count?.(context, now() - began);
  };
}

/** Hono's own middleware for it would set the header before the answer is made, which takes the fast way of making one from every route. */
function idOf(sent: string | undefined): string {
  return sent !== undefined && ID.test(sent) ? sent : crypto.randomUUID();
}
