import type { Context, Hono, MiddlewareHandler } from "hono";
import { etag, RETAINED_304_HEADERS } from "hono/etag";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import type { Scope } from "../keys/apiKey.ts";
import { bodyInTime } from "./bodyInTime.ts";
import type { Check } from "./checkValue.ts";
import type { Route, RouteBody } from "./defineRoute.ts";
import { bodyTooLarge, discardBody, parseJsonBody, readText } from "./readBody.ts";
import { requireScope } from "./requireKey.ts";
import { Answer, type Asked, type Reply } from "./routeTypes.ts";
import { scopeOf } from "./scopeOf.ts";

/** A route with what answers it. */
export interface MountedRoute {
  readonly route: Route;
  /** The handler takes the request as it is, and limits and reads the body by itself. */
  readonly is_raw: boolean;
  respond(context: Context, check: Check): Response | Promise<Response>;
}

/** Answers a route: `handler` gets what was asked, read by the contract, and returns what the contract says. */
export function handle<R extends Route>(
  route: R,
  handler: (asked: Asked<R>, context: Context) => Reply<R> | Promise<Reply<R>>,
): MountedRoute {
  const respond = async (context: Context, check: Check) => {
    const asked = (await readRequest(route, context, check)) as Asked<R>;
    return toResponse(route, context, await handler(asked, context));
  };
  return { route, is_raw: false, respond };
}

/** For a body that is not to be held in memory, and for a path where every microsecond counts. */
export function handleRaw(route: Route, respond: (context: Context) => Response | Promise<Response>): MountedRoute {
  return { route, is_raw: true, respond };
}

export function mountRoutes(app: Hono, mounted: readonly MountedRoute[], check: Check): void {
  for (const { route, is_raw, respond } of mounted) {
    const path = honoPath(route.path);
    // Before a body is read. A family that has one scope has asked for it.
    if (route.family.auth === "admin_token") app.on(route.method, path, scopeGuard(scopeOf(route)));
    if (route.body && !is_raw) app.on(route.method, path, limitOf(route.body));
    if (route.has_etag === true) app.on(route.method, path, etag({ retainedHeaders: RETAINED }));
    app.on(route.method, path, async (context) => {
      try {
        return await respond(context, check);
      } catch (thrown) {
        throw asError(thrown);
      }
    });
  }
}

/** A cache puts the headers of a 304 in the place of those it keeps: a page's own policy must not become that of everything else. */
export const RETAINED = [...RETAINED_304_HEADERS, "content-security-policy"];

/** Hono hands what is no Error to nobody, and its host would answer in its own way. */
function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error("Something was thrown that is no error", { cause: thrown });
}

/** /api/models/{name} as /api/models/:name. A part that is called an index is a number, so that words may stand in its place. */
export function honoPath(path: string): string {
  return path.replaceAll(/\{(\w+_index)\}/g, ":$1{-?[0-9]+}").replaceAll(/\{(\w+)\}/g, ":$1");
}

function scopeGuard(scope: Scope): MiddlewareHandler {
  return async (context, next) => {
    requireScope(context, scope);
    await next();
  };
}

/** Of a body that says a greater length, nothing is kept at all. */
function limitOf({ max_bytes }: RouteBody): MiddlewareHandler {
  return async function bodyGuard(context, next) {
    if (Number(context.req.header("content-length")) > max_bytes) await refuseLarge(context, max_bytes);
    await next();
  };
}

async function refuseLarge(context: Context, max_bytes: number): Promise<never> {
  // One that is late is not read to its end either.
  const is_read = await bodyInTime(max_bytes, discardBody(context.req.raw, max_bytes)).catch(() => false);
  if (!is_read) context.header("Connection", "close");
  throw bodyTooLarge(max_bytes);
}

async function readRequest({ family, params, query, body }: Route, context: Context, check: Check) {
  const { req } = context;
  return {
    params: params ? check(params, req.param()) : req.param(),
    query: query ? check(query, readQuery(query, req, family.empty_is_absent ?? false), true) : {},
    body: body
      ? check(body.schema, readBody(body, (await readText(req.raw, body.max_bytes)) ?? (await refuseLarge(context, body.max_bytes))))
      : undefined,
  };
}

/** A name that is said several times is a list where the contract has a list, and elsewhere what it is said to be first. */
function readQuery(query: z.ZodObject, req: Context["req"], empty_is_absent: boolean): Record<string, unknown> {
  const said = Object.entries(req.queries()).map(
    ([name, values]) => [name, empty_is_absent ? values.filter((value) => value !== "") : values] as const,
  );
  const entries = said
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => [name, isList(query.shape[name]) ? values : values[0]]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function isList(schema: z.core.$ZodType | undefined): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return isList(schema.unwrap());
  if (schema instanceof z.ZodPipe) return isList(schema.in);
  return schema instanceof z.ZodArray;
}

/** The content type does not matter: curl says that what it sends is a form. */
function readBody({ media_type, is_optional }: RouteBody, text: string): unknown {
  if (media_type !== "application/json") return text;
  return is_optional && text === "" ? {} : parseJsonBody(text);
}

function toResponse(route: Route, context: Context, reply: unknown): Response {
  if (reply instanceof Response) return reply;
  const { status, body } = reply instanceof Answer ? reply : { status: Number(Object.keys(route.answers)[0]), body: reply };
  return context.json(body, status as ContentfulStatusCode);
}
