import { allowedMethods, type ListedRoute } from "../allowedMethods.ts";

/**
 * Where a request belongs that found nothing because of a slash at the end of its path, `path` being what it is routed by: the address without
 * it, with what is asked there, on the same server. Null: nothing is read there either.
 */
export function withoutSlash(routes: readonly ListedRoute[], path: string, url: string): string | null {
  if (!path.endsWith("/") || !allowedMethods(routes, trimmed(path)).includes("GET")) return null;
  const { pathname, search } = new URL(url);
  return `${trimmed(pathname)}${search}`;
}

function trimmed(path: string): string {
  return path.replace(/\/+$/, "");
}
