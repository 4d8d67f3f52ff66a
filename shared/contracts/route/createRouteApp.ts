import { type Context, Hono, type MiddlewareHandler } from "hono";
import { AppError } from "../../errors.ts";
import type { AllowedHosts } from "../allowedHosts.ts";
import { guardRequests } from "../guardRequests.ts";
import { unknownRoute } from "../unknownRoute.ts";
import { answerError } from "./answerError.ts";
import { answerPages, tellMethods } from "./answerOptions.ts";
import { type Check, checkValue } from "./checkValue.ts";
import { type MountedRoute, mountRoutes } from "./mountRoutes.ts";
import { requireToken } from "./requireToken.ts";
import { type AuthScheme, familyAt, type RouteFamily } from "./routeFamily.ts";

/** A token, and what a caller without it is told. */
export interface Bearer {
  /** Null: whoever may reach the server may ask. */
  readonly token: string | null;
  readonly advice: string;
}

export interface RouteAppOptions {
  readonly mounted: readonly MountedRoute[];
  readonly allowed_hosts: AllowedHosts;
  /** Pages that may ask from a browser; absent: none of another address. */
  readonly cors_origins?: ReadonlySet<string>;
  /** What is said with every answer, those of errors and guards as well. */
  readonly around?: readonly MiddlewareHandler[];
  readonly bearers: Partial<Readonly<Record<AuthScheme, Bearer>>>;
  /** An error in the words of this project, noted in the log where it should be. */
  readonly translate: (error: unknown, context: Context) => AppError;
  readonly check?: Check;
  /** The path that a request is routed by, where one route has several addresses; absent: its own. */
  readonly path_of?: (request: Request) => string;
}

/** A server of routes, the Worker's and the sidecar's alike: who may ask, what is read, and how it is told what went wrong. */
export function createRouteApp({ mounted, bearers, translate, check = checkValue, path_of, ...options }: RouteAppOptions): Hono {
  const families = [...new Set(mounted.map(({ route }) => route.family))];
  const shapeAt = (path: string) => requireFamily(families, path).error;
  const app = new Hono(path_of ? { getPath: path_of } : {});
  app.onError((error, context) => answerError(context, translate(error, context), shapeAt(context.req.path)));
  app.notFound((context) => {
    const { method, path } = context.req;
    return answerError(context, unknownRoute(app.routes, method, path), shapeAt(path));
  });
  app.use(...(options.around ?? []), guardRequests(options.allowed_hosts, options.cors_origins));
  if (options.cors_origins && options.cors_origins.size > 0) app.use(answerPages(options.cors_origins));
  app.use((context, next) => tellMethods(app, context, next));
  for (const family of families.filter(({ auth }) => auth !== null)) app.use(`${family.base}/*`, guardOf(families, family, bearers));
  mountRoutes(app, mounted, check);
  return app;
}

/** Of a path in a family of a longer base that one decides. */
function guardOf(families: readonly RouteFamily[], family: RouteFamily, bearers: RouteAppOptions["bearers"]): MiddlewareHandler {
  const bearer = family.auth === null ? undefined : bearers[family.auth];
  if (!bearer)
    throw new AppError("invalid_request", `The routes under ${family.base} ask for ${family.auth}, which this server has no word on.`);
  if (bearer.token === null) return (_context, next) => next();
  const ask = requireToken(bearer.token, bearer.advice, family.takes_password);
  return (context, next) => (familyAt(families, context.req.path) === family ? ask(context, next) : next());
}

function requireFamily(families: readonly RouteFamily[], path: string): RouteFamily {
  const family = familyAt(families, path) ?? families[0];
  if (family) return family;
  throw new AppError("internal", `No route is mounted, so that nobody knows how to answer ${path}.`);
}
