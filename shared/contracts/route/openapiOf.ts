import { z } from "zod";
import { isFile, pathNames, type Route, type RouteBody, statusesOf } from "./defineRoute.ts";
import { AUTH_SCHEMES, type AuthScheme } from "./routeFamily.ts";

type Json = Readonly<Record<string, unknown>>;

/** What a document says of itself, and how it calls its operations. */
export interface OpenapiOptions {
  readonly title: string;
  readonly version: string;
  readonly description?: string;
  /** The operationId of a route; undefined: it has none. */
  readonly nameOf?: (route: Route) => string | undefined;
}

/** The contracts as an OpenAPI 3.1 document. Its schemas are JSON Schema 2020-12, which zod writes: bodies as they are sent, answers as they come. */
export function openapiOf(
  { nameOf = () => undefined, ...info }: OpenapiOptions,
  routes: readonly Route[],
): Json & { readonly openapi: string; readonly paths: Json } {
  const paths: Record<string, Json> = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route, nameOf(route)) };
  const schemes = [...new Set(routes.flatMap(({ family }) => (family.auth === null ? [] : [family.auth])))];
  const components = { schemas: errorSchemas(routes), securitySchemes: Object.fromEntries(schemes.map(schemeOf)) };
  return { openapi: "3.1.0", info, servers: [{ url: "/", description: "This server" }], tags: tagsOf(routes), paths, components };
}

/** Several families may have one name: what lies at several addresses and is one thing. */
function tagsOf(routes: readonly Route[]): Json[] {
  const families = new Map(routes.map(({ family }) => [family.name, family]));
  return [...families.values()].map(({ name, about }) => ({ name, description: about }));
}

/** The few shapes that the errors of all routes have, each said once. */
function errorSchemas(routes: readonly Route[]): Json {
  const shapes = new Map(routes.map(({ family }) => [family.error.name, family.error.schema]));
  return Object.fromEntries([...shapes].map(([name, schema]) => [name, schemaOf(schema, "output")]));
}

function schemeOf(scheme: AuthScheme): [string, Json] {
  return [scheme, { type: "http", scheme: "bearer", description: AUTH_SCHEMES[scheme] }];
}

function operationOf(route: Route, name: string | undefined): Json {
  const { summary, family, body, example } = route;
  return {
    ...(name === undefined ? {} : { operationId: name }),
    summary,
    tags: [family.name],
    security: family.auth === null ? [] : [{ [family.auth]: [] }],
    parameters: [...pathParameters(route), ...queryParameters(route)],
    ...(body ? { requestBody: bodyOf(body, example) } : {}),
    responses: responsesOf(route),
  };
}

/** Required, also where a server is content with none: what is sent is then said. */
function bodyOf({ media_type, schema, max_bytes }: RouteBody, example: Route["example"]): Json {
  return {
    description: `At most ${max_bytes.toLocaleString("en")} bytes`,
    required: true,
    content: { [media_type]: { schema: schemaOf(schema, "input"), ...(example?.body === undefined ? {} : { example: example.body }) } },
    "x-max-bytes": max_bytes,
  };
}

function pathParameters({ path, params }: Route): Json[] {
  const schemas = params ? propertiesOf(params) : {};
  return pathNames(path).map((name) => ({ name, in: "path", required: true, schema: schemas[name] ?? { type: "string" } }));
}

function queryParameters({ query }: Route): Json[] {
  if (!query) return [];
  const required = (schemaOf(query, "input")["required"] ?? []) as readonly string[];
  return Object.entries(propertiesOf(query)).map(([name, { description, ...schema }]) => ({
    name,
    in: "query",
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema,
  }));
}

function responsesOf(route: Route): Json {
  const { name, media_type = "application/json" } = route.family.error;
  const error = { [media_type]: { schema: { $ref: `#/components/schemas/${name}` } } };
  const answers = Object.entries(route.answers).map(([status, answer]) => {
    const content = isFile(answer)
      ? Object.fromEntries(answer.media_types.map((type) => [type, {}]))
      : { "application/json": { schema: schemaOf(answer, "output"), ...exampleOf(route, Number(status)) } };
    return [status, { description: DESCRIPTIONS[Number(status)] ?? "The answer", content }] as const;
  });
  const errors = statusesOf(route)
    .filter((status) => !(status in route.answers))
    .map(
      (status) =>
        [String(status), { description: DESCRIPTIONS[status] ?? "What was wrong", ...(status === 304 ? {} : { content: error }) }] as const,
    );
  return { ...Object.fromEntries([...answers, ...errors]), default: { description: "What was wrong", content: error } };
}

/** Of the answer that a request has which goes well. */
function exampleOf({ answers, example }: Route, status: number): Json {
  const is_usual = Number(Object.keys(answers)[0]) === status;
  return is_usual && example?.answer !== undefined ? { example: example.answer } : {};
}

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  200: "The answer",
  201: "Made",
  202: "Taken on; done later",
  304: "As it was when its ETag was given",
  400: "The body is no JSON, a time cannot be read, or a page sent what is no JSON",
  401: "The token is missing or another",
  403: "Asked by a name that is not allowed, or from a page of another site",
  404: "There is no such thing",
  408: "The body did not come in time",
  409: "It does not go with what is there",
  413: "The body is too large",
  414: "The address is too long",
  422: "A field is missing, unknown or wrong; field names it",
  429: "Asked too often, or too much is waiting; Retry-After says when to ask again",
  503: "Not now: the message says what is missing",
  504: "It took too long",
};

function propertiesOf(schema: z.ZodObject): Readonly<Record<string, Json>> {
  return (schemaOf(schema, "input")["properties"] ?? {}) as Readonly<Record<string, Json>>;
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, override: ({ jsonSchema }) => tidy(jsonSchema) });
  return rest;
}

function tidy(schema: z.core.JSONSchema.BaseSchema): void {
  leaveOut(schema);
  nameProperties(schema);
}

/** A record of a few known names as an object with those: readers of `required` look for them among the properties. */
function nameProperties(schema: z.core.JSONSchema.BaseSchema): void {
  const { propertyNames, additionalProperties } = schema;
  const names = typeof propertyNames === "object" ? propertyNames.enum : undefined;
  if (!names || typeof additionalProperties !== "object") return;
  schema.properties = Object.fromEntries(names.map((name) => [String(name), additionalProperties]));
  schema.additionalProperties = false;
  delete schema.propertyNames;
}

/** What says nothing beside the rest: the pattern of a date-time, and the bounds of every number that JavaScript can count to. */
function leaveOut(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.format === "date-time") delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}
