import { z } from "zod";
import type { Closable } from "./closedPages.ts";
import type { RouteFamily } from "./routeFamily.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** What a request brings. */
export interface RouteBody<Schema extends z.ZodType = z.ZodType> {
  readonly media_type: string;
  /** Of the JSON; of another media type, of the text that the handler gets. */
  readonly schema: Schema;
  readonly max_bytes: number;
  /** An empty body is an empty object. */
  readonly is_optional: boolean;
}

/** An answer that is no JSON: the bytes of a file, or text. */
export interface FileAnswer {
  readonly media_types: readonly string[];
}

/** A route, told once: the handler's types, the mounting, `GET /`, OpenAPI and the clients are all made of it. */
export interface Route {
  readonly family: RouteFamily;
  readonly method: Method;
  /** As in OpenAPI: /api/models/{name}. */
  readonly path: `/${string}`;
  /** What it does, as part of a sentence. */
  readonly summary: string;
  /** Parts of the path, where not any text will do; absent: each is a text. */
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: RouteBody;
  /** By status. Those of success, and those that have the usual body although something is wrong. */
  readonly answers: Readonly<Record<number, z.ZodType | FileAnswer>>;
  /** Asked for more often than it changes: its answer has an ETag, and whoever has that already is told 304. */
  readonly has_etag?: true;
  /** Of another method than GET: asked twice, it does and answers the same. */
  readonly is_idempotent?: true;
  /** Under this name an installation may leave it out (CLOSED_PAGES). */
  readonly closable?: Closable;
  /** What is sent and what comes, for people to read in OpenAPI; held to the schemas by tests. */
  readonly example?: { readonly body?: unknown; readonly answer?: unknown };
  /** Statuses of the errors of its own; see statusesOf for those that come with what else it says. */
  readonly errors?: readonly number[];
}

const JSON_BYTES = 64 * 1024;

export function jsonBody<Schema extends z.ZodType>(
  schema: Schema,
  { max_bytes = JSON_BYTES, is_optional = false }: { readonly max_bytes?: number; readonly is_optional?: boolean } = {},
): RouteBody<Schema> {
  return { media_type: "application/json", schema, max_bytes, is_optional };
}

export function textBody<Schema extends z.ZodType<string>>(media_type: string, schema: Schema, max_bytes: number): RouteBody<Schema> {
  return { media_type, schema, max_bytes, is_optional: false };
}

/** Bytes that the handler takes as they come, and limits by itself. */
export function fileBody(media_type: string, max_bytes: number): RouteBody<z.ZodUnknown> {
  return { media_type, schema: z.unknown(), max_bytes, is_optional: false };
}

export function fileAnswer(...media_types: readonly string[]): FileAnswer {
  return { media_types };
}

export function isFile(answer: z.ZodType | FileAnswer): answer is FileAnswer {
  return "media_types" in answer;
}

/** A route as it was written, with its types kept. */
export function defineRoute<const Defined extends Route>(route: Defined): Defined {
  return route;
}

/** True of what defineRoute gives. */
export function isRoute(value: unknown): value is Route {
  return typeof value === "object" && value !== null && "family" in value && "answers" in value;
}

/** Names between braces, in their order. */
export function pathNames(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
}

/** Every status that the route answers with, beside those of a host that is away (500 and 503) and of no such method (405). */
export function statusesOf({ method, family, params, query, body, answers, has_etag, closable, errors = [] }: Route): number[] {
  const own = [
    ...Object.keys(answers).map(Number),
    ...errors,
    ...(has_etag === true ? [304] : []),
    ...(closable === undefined ? [] : [404]),
  ];
  const foreign_page = method === "GET" ? [] : [400];
  const asked = body ? [400, 408, 413, 422] : query || params ? [422] : [];
  const all = [...own, ...asked, ...foreign_page, ...(family.auth === null ? [] : [401]), 403, 414, ...(family.is_uncounted ? [] : [429])];
  return [...new Set(all.map((status) => family.error.statusOf?.(status) ?? status))].sort((a, b) => a - b);
}
