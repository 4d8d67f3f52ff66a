/** A route of an app, as Hono lists them; middleware has the method ALL. */
export interface ListedRoute {
  readonly method: string;
  readonly path: string;
}

/**
 * Methods that a path is known by, sorted; none when there is no such path. HEAD goes with GET. Paths are patterns of Hono
 * (`/api/models/:name`), one part for each parameter.
 */
export function allowedMethods(routes: readonly ListedRoute[], path: string): string[] {
  const methods = routes.filter((route) => route.method !== "ALL" && matches(route.path, path)).map(({ method }) => method);
  return [...new Set(methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])))].sort();
}

function matches(pattern: string, path: string): boolean {
  const wanted = partsOf(pattern);
  const found = partsOf(path);
  return wanted.length === found.length && wanted.every((part, index) => isPart(part, found[index]!));
}

/** A literal, any text but none at all (`:name`), or what a rule says (`:name{rule}`). */
function isPart(wanted: string, found: string): boolean {
  if (!wanted.startsWith(":")) return wanted === found;
  if (found === "") return false;
  const rule = /\{(.+)\}$/.exec(wanted)?.[1];
  return rule === undefined || new RegExp(`^${rule}$`).test(found);
}

function partsOf(path: string): string[] {
  return path.split("/").slice(1);
}
