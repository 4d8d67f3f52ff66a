import fc from "fast-check";
import { fittingValue, type JsonSchema, type Words } from "./fittingValue.ts";

/** A request as it goes out. */
export interface FuzzedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** An operation of the document, as far as requests are made of it. */
export interface Operation {
  readonly operationId?: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>>; readonly "x-max-bytes": number };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
  readonly security: readonly object[];
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Requests of every operation of an OpenAPI document: those that it describes, those with a thing changed, and raw bytes. */
export function requestOf({ paths }: OpenApi, words: Words): fc.Arbitrary<FuzzedRequest> {
  return fc.oneof(...operationsOf({ paths }).map(({ path, method, operation }) => operationRequest(path, method, operation, words)));
}

/** Every operation of a document, with its path and method. */
export function operationsOf({ paths }: OpenApi) {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
}

/** Requests of one operation. */
export function operationRequest(path: string, method: string, operation: Operation, words: Words): fc.Arbitrary<FuzzedRequest> {
  const of = ({ schema }: Parameter) =>
    fc.oneof({ weight: 4, arbitrary: fittingValue(schema, words) }, { weight: 1, arbitrary: odd(words) });
  const inPath = operation.parameters.filter((one) => one.in === "path");
  const inQuery = operation.parameters.filter((one) => one.in === "query");
  const required = inQuery.filter((one) => one.required).map(({ name }) => name);
  return fc
    .record({
      path: fc.record(Object.fromEntries(inPath.map((one) => [one.name, of(one)]))),
      query: fc.record(Object.fromEntries(inQuery.map((one) => [one.name, of(one)])), { requiredKeys: required }),
      body: bodyOf(operation, words),
      headers: fc.constantFrom<Record<string, string>>({}, {}, { "content-type": "application/json" }, { accept: "text/csv" }),
    })
    .map((asked) => ({ method, path: pathOf(path, asked.path) + searchOf(asked.query), body: asked.body, headers: asked.headers }));
}

function bodyOf({ requestBody }: Operation, words: Words): fc.Arbitrary<string | Uint8Array | undefined> {
  if (!requestBody) return fc.constant(undefined);
  const [media_type, { schema }] = Object.entries(requestBody.content)[0]!;
  const raw = fc.oneof(fc.string({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }));
  if (media_type !== "application/json") return raw;
  const valid = fittingValue(schema, words);
  const changed = fc.tuple(valid, fc.nat(), odd(words)).map(([value, place, by]) => changedAt(value, place, by));
  return fc.oneof(
    { weight: 5, arbitrary: valid.map((value) => JSON.stringify(value)) },
    { weight: 4, arbitrary: changed.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: raw },
  );
}

/** What is seldom meant: of another type, out of bounds, or with signs that mean something to somebody. */
function odd(words: Words): fc.Arbitrary<unknown> {
  const signs = [
    "",
    " ",
    "\0",
    "'",
    '"',
    "%",
    "../..",
    "-1",
    "1e999",
    "NaN",
    "null",
    "true",
    "9007199254740993",
    "0",
    "😀",
    "a\nb",
    "__proto__",
  ];
  return fc.oneof(
    fc.constantFrom<unknown>(...signs, ...words.anywhere, null, true, -1, 0, 1.5, 2 ** 53, [], {}),
    fc.jsonValue({ maxDepth: 2 }),
  );
}

/** One of its fields is gone or another value, or an item of a list, however deep. */
function changedAt(value: unknown, place: number, by: unknown): unknown {
  if (typeof value !== "object" || value === null) return by;
  const keys = Object.keys(value);
  if (keys.length === 0) return by;
  const key = keys[place % keys.length]!;
  const inner = (value as Record<string, unknown>)[key];
  const further = Math.floor(place / keys.length);
  const next = further % 3 === 0 && typeof inner === "object" && inner !== null ? changedAt(inner, Math.floor(further / 3), by) : by;
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? next : item));
  const entries = Object.entries(value).filter(([name]) => name !== key || further % 3 !== 1);
  return Object.fromEntries(entries.map(([name, one]) => [name, name === key ? next : one]));
}

export function pathOf(path: string, values: Readonly<Record<string, unknown>>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(textOf(values[name])).replace(/^\.+$/, "dots") || "empty");
}

export function searchOf(query: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, textOf(one)]),
  );
  return entries.length === 0 ? "" : `?${new URLSearchParams(entries)}`;
}

function textOf(value: unknown): string {
  return (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).toWellFormed();
}
