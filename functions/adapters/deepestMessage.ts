import { rootCause } from "./rootCause.ts";

/** What workerd says of every request that gets no connection, whatever the reason; the reference is to a log that nobody here has. */
const OPAQUE = /^internal error(; reference = \w+)?$/;

/** The message at the root of a chain of causes: fetch wraps "connection refused" in "fetch failed". */
export function deepestMessage(error: unknown): string {
  const deepest = rootCause(error);
  const message = deepest instanceof Error ? deepest.message : String(deepest);
  return OPAQUE.test(message) ? "no connection (no network, no host of this name, or nothing that listens)" : message;
}
