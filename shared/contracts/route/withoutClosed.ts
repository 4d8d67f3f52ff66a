import type { Closable } from "./closedPages.ts";
import type { MountedRoute } from "./mountRoutes.ts";

const NONE: ReadonlySet<Closable> = new Set();

/** Without the routes that are closed: they are no paths of this server, nor in its list or its description. */
export function withoutClosed(mounted: readonly MountedRoute[], closed: ReadonlySet<Closable> = NONE): readonly MountedRoute[] {
  return closed.size === 0 ? mounted : mounted.filter(({ route }) => route.closable === undefined || !closed.has(route.closable));
}
