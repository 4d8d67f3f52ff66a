import { type Context, Hono, type MiddlewareHandler } from "hono";
import { etag } from "hono/etag";
import { AppError } from "../../errors.ts";
import type { AllowedHosts } from "../allowedHosts.ts";
import { guardRequests } from "../guardRequests.ts";
import type { Keyring } from "../keys/keyring.ts";
import { unknownRoute } from "../unknownRoute.ts";
import { answerError } from "./answerError.ts";
import { answerPages, tellMethods } from "./answerOptions.ts";
import { byAccept } from "./byAccept.ts";
import { type Check, checkValue } from "./checkValue.ts";
import { limitRates, type RateOptions } from "./limitRates.ts";
import { type MountedRoute, mountRoutes, RETAINED } from "./mountRoutes.ts";
import { refusePublicChanges, requireKey } from "./requireKey.ts";
import { requireToken } from "./requireToken.ts";
import { type AuthScheme, familyAt, type RouteFamily } from "./routeFamily.ts";
import { withoutSlash } from "./withoutSlash.ts";

/** Keys of several people, and what a caller without one is told. */
export interface KeyedBearer {
  readonly keyring: Keyring;
  readonly advice: string;
  /** While no keys are set: open to all, although there is an ADMIN_TOKEN; or nobody may change anything who asks by a public name. */
  readonly without_keys: "open" | "loopback";
}

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
  /** How often somebody may ask; absent: as often as they like. */
  readonly rates?: RateOptions;
  readonly bearers: Partial<Readonly<Record<AuthScheme, Bearer | KeyedBearer>>>;
  /** An error in the words of this project, noted in the log where it should be. */
  readonly translate: (error: unknown, context: Context) => AppError;
  readonly check?: Check;
  /** A page in place of an answer that is only for programs: at `/`, and where there is nothing. Null: this caller reads the answer. */
  readonly page?: (context: Context, status: 200 | 404) => Promise<Response | null>;
  /** The path that a request is routed by, where one route has several addresses; absent: its own. */
  readonly path_of?: (request: Request) => string;
}

/** A server of routes, the Worker's and the sidecar's alike: who may ask, what is read, and how it is told what went wrong. */
export function createRouteApp({ mounted, bearers, translate, check = checkValue, path_of, ...options }: RouteAppOptions): Hono {
  const families = [...new Set(mounted.map(({ route }) => route.family))];
  const shapeAt = (path: string) => requireFamily(families, path).error;
  const app = new Hono(path_of ? { getPath: path_of } : {});
  app.onError((error, context) => answerError(context, translate(error, context), shapeAt(context.req.path)));
  app.notFound(async (context) => {
    const { method, path, url } = context.req;
    const error = unknownRoute(app.routes, method, path);
    if (error.status !== 404 || (method !== "GET" && method !== "HEAD")) return answerError(context, error, shapeAt(path));
    const known = withoutSlash(app.routes, path, url);
    if (known !== null) return context.redirect(known, 308);
    if (!options.page) return answerError(context, error, shapeAt(path));
    return byAccept((await options.page(context, 404)) ?? answerError(context, error, shapeAt(path)));
  });
  app.use(...(options.around ?? []), guardRequests(options.allowed_hosts, options.cors_origins));
  if (options.cors_origins && options.cors_origins.size > 0) app.use(answerPages(options.cors_origins));
  app.use((context, next) => tellMethods(app, context, next));
  const rates = options.rates ? limitRates(options.rates, uncountedOf(mounted)) : null;
  if (rates) app.use(rates.before);
  for (const family of families.filter(({ auth }) => auth !== null)) {
    const guard = guardOf(families, family, bearers);
    if (guard) app.use(`${family.base}/*`, guard);
  }
  if (rates) app.use(rates.behind);
  if (options.page) app.get("/", etag({ retainedHeaders: RETAINED }), pageInFront(options.page));
  mountRoutes(app, mounted, check);
  return app;
}

/** Paths of what is asked again and again by whoever watches over this server. */
function uncountedOf(mounted: readonly MountedRoute[]): ReadonlySet<string> {
  return new Set(mounted.filter(({ route }) => route.family.is_uncounted).map(({ route }) => route.path));
}

/** Null: nobody is asked. Of a path in a family of a longer base that one decides. */
function guardOf(families: readonly RouteFamily[], family: RouteFamily, bearers: RouteAppOptions["bearers"]): MiddlewareHandler | null {
  const bearer = family.auth === null ? undefined : bearers[family.auth];
  if (!bearer)
    throw new AppError("invalid_request", `The routes under ${family.base} ask for ${family.auth}, which this server has no word on.`);
  const ask = "keyring" in bearer ? guardByKeys(family, bearer) : guardByToken(bearer);
  const has_nearer = families.some((other) => other !== family && `${other.base}/`.startsWith(`${family.base}/`));
  return ask && has_nearer ? (context, next) => (familyAt(families, context.req.path) === family ? ask(context, next) : next()) : ask;
}

function guardByToken({ token, advice }: Bearer): MiddlewareHandler | null {
  return token === null ? null : requireToken(token, advice);
}

function guardByKeys(family: RouteFamily, { keyring, advice, without_keys }: KeyedBearer): MiddlewareHandler | null {
  const { scope, takes_password } = family;
  const { has_keys, has_admin_token } = keyring;
  if (has_keys || (has_admin_token && without_keys === "loopback"))
    return requireKey({ keyring, advice, takes_password: takes_password ?? false, scope });
  return without_keys === "open" ? null : refusePublicChanges();
}

function pageInFront(page: NonNullable<RouteAppOptions["page"]>): MiddlewareHandler {
  return async (context, next) => {
    const response = await page(context, 200);
    if (response) return byAccept(response);
    await next();
    byAccept(context.res);
    return undefined;
  };
}

function requireFamily(families: readonly RouteFamily[], path: string): RouteFamily {
  const family = familyAt(families, path) ?? families[0];
  if (family) return family;
  throw new AppError("internal", `No route is mounted, so that nobody knows how to answer ${path}.`);
}
