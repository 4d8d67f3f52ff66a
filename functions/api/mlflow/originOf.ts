import type { Context } from "hono";

/** Where the client asked: what it is told to load from here must lie there. */
export function originOf(context: Context): string {
  return new URL(context.req.url).origin;
}
