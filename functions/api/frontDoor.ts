import { routeName } from "../../shared/contracts/allRoutes.ts";
import { indexRoute, livezRoute, openapiRoute, versionRoute } from "../../shared/contracts/frontDoor.ts";
import type { Route } from "../../shared/contracts/route/defineRoute.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { openapiOf } from "../../shared/contracts/route/openapiOf.ts";

const NAME = "fx-medallion";
const VERSION = "0.1.0";
const DESCRIPTION =
  "Short-term FX prediction and the system around it. Times are RFC 3339 in UTC. Where keys are set (API_KEYS), send one as a bearer token.";

/** What there is, of the contracts that are mounted: asked for at the first request, when all of them are. */
export function frontDoorRoutes(routes: () => readonly Route[], code_version: string | null): MountedRoute[] {
  let document: ReturnType<typeof openapiOf> | undefined;
  return [
    handle(indexRoute, () => ({ name: NAME, routes: linesOf(routes()) })),
    handle(openapiRoute, () => {
      document ??= openapiOf({ title: NAME, version: VERSION, description: DESCRIPTION, nameOf: routeName }, routes());
      return { ...document };
    }),
    handle(livezRoute, () => ({ status: "ok" as const })),
    handle(versionRoute, () => ({ name: NAME, version: VERSION, commit: code_version })),
  ];
}

/** A line a route; the many that are another system's API stand in OpenAPI one by one, and here as what they are together. */
function linesOf(routes: readonly Route[]): Record<string, string> {
  const own = routes.filter(({ family }) => family.summary === undefined);
  const families = [...new Set(routes.map(({ family }) => family))].filter(({ summary }) => summary !== undefined);
  const lines = own.map((route) => [lineOf(route), route.summary] as const);
  return Object.fromEntries([...lines, ...families.map(({ base, summary }) => [`${base}/...`, summary!] as const)]);
}

/** GET /api/datasets?instrument=&limit=&offset= */
function lineOf({ method, path, query }: Route): string {
  const names = Object.keys(query?.shape ?? {});
  return `${method} ${path}${names.length === 0 ? "" : `?${names.map((name) => `${name}=`).join("&")}`}`;
}
