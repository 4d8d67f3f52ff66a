import { SECOND } from "../../domain/instant.ts";
import type { Allowance, RateLimit } from "./rateLimit.ts";

/**
 * RateLimit-Policy and RateLimit of draft-ietf-httpapi-ratelimit-headers-12 (20 November 2026): lists of a quoted name with parameters, `q`
 * requests in a window of `w` seconds, of which `r` remain, and `t` seconds until there is another. Without `pk`: whose it is, they know.
 */
export function rateFields(policy: string, { quota, window_ms }: RateLimit, { remaining, more_in_ms }: Allowance) {
  return {
    "RateLimit-Policy": `"${policy}";q=${quota};w=${window_ms / SECOND}`,
    RateLimit: `"${policy}";r=${remaining};t=${Math.ceil(more_in_ms / SECOND)}`,
  };
}
