import type { MiddlewareHandler } from "hono";
import { bitsAt, deriveKey, STREAM, toUniform } from "../../market/counterHash.ts";
import type { SandboxContext } from "../../sandboxContext.ts";
import { findSite, NEWS_SITES } from "../sites.ts";

const RETRY_AFTER_S = "1";

/** Notes how polite the visitor is (politenessWitness.ts). */
export function watchManners({ witness, clock }: SandboxContext): MiddlewareHandler {
  return async function mannersWitness(c, next) {
    const site = findSite(c.req.param("site") ?? "")!;
    witness.arrived(site.id, c.req.path, c.req.header("User-Agent"), clock.now());
    await next();
    witness.answered(site.id, c.res.status);
  };
}

/** Answers 503 on the share of a site's requests that it is known for, by the number of the request. Archives never fail. */
export function failSometimes({ seed }: SandboxContext): MiddlewareHandler {
  const counts = NEWS_SITES.map(() => 0);
  return async function failingSite(c, next) {
    const site = findSite(c.req.param("site") ?? "")!;
    if (c.req.path.endsWith("/archive.xml")) return next();
    const position = NEWS_SITES.indexOf(site);
    const draw = bitsAt(deriveKey(deriveKey(seed, STREAM.news_request), position), counts[position]!++);
    if (toUniform(draw) >= site.failing) return next();
    return c.text("Service temporarily unavailable.", 503, { "Retry-After": RETRY_AFTER_S });
  };
}

/** Lets the visitor of a slow site wait, half of its time at least. Archives are as fast as the others'. */
export function keepWaiting({ seed, sleep }: SandboxContext): MiddlewareHandler {
  let count = 0;
  return async function slowSite(c, next) {
    const { slow_ms } = findSite(c.req.param("site") ?? "")!;
    if (slow_ms > 0 && !c.req.path.endsWith("/archive.xml")) {
      const draw = bitsAt(deriveKey(deriveKey(seed, STREAM.news_request), NEWS_SITES.length), count++);
      await sleep(Math.round(slow_ms * (0.5 + toUniform(draw) / 2)));
    }
    await next();
  };
}
