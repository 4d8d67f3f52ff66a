import type { JsonSchema } from "./fittingValue.ts";
import type { Operation, Parameter } from "./requestOf.ts";

/** What is asked of an operation: parts of the path, the query, and a body of JSON, or as it goes out. */
export interface Asked {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}
/** A value by the name of its field. */
export type Named = Readonly<Record<string, unknown>>;

/** The least that an operation takes: what is required, each by its name in `named` or as its schema begins; `asked` comes over it. */
export function leastRequest({ parameters, requestBody }: Operation, named: Named, asked: Asked = {}): Asked {
  const valuesOf = (place: Parameter["in"]) =>
    Object.fromEntries(
      parameters
        .filter((one) => one.in === place && (one.required || place === "path"))
        .map(({ name, schema }) => [name, named[name] ?? leastValue(schema, named, name)]),
    );
  const [media_type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const body = content === undefined ? undefined : media_type === "application/json" ? leastValue(content.schema, named) : "";
  return {
    params: { ...valuesOf("path"), ...asked.params },
    query: { ...valuesOf("query"), ...asked.query },
    ...(content === undefined ? {} : { body: bodyOver(body, asked.body) }),
  };
}

function bodyOver(body: unknown, over: unknown): unknown {
  if (over === undefined) return body;
  return isRecord(body) && isRecord(over) ? { ...body, ...over } : over;
}

/** The smallest value that a schema admits, as far as it says so. */
export function leastValue(schema: JsonSchema, named: Named, name = ""): unknown {
  if (name in named) return named[name];
  if ("const" in schema) return schema["const"];
  if (Array.isArray(schema["enum"])) return schema["enum"][0];
  const [first] = (schema["anyOf"] ?? schema["oneOf"] ?? schema["allOf"] ?? []) as readonly JsonSchema[];
  if (first) return leastValue(first, named, name);
  switch (schema["type"]) {
    case "string":
      return schema["format"] === "date-time" ? "2025-06-25T12:00:00Z" : "x".repeat(Math.max(1, Number(schema["minLength"] ?? 0)));
    case "integer":
    case "number":
      return Number(schema["minimum"] ?? 1);
    case "boolean":
      return false;
    case "array":
      return Array.from({ length: Number(schema["minItems"] ?? 0) }, () => leastValue(schema["items"] as JsonSchema, named));
    default:
      return leastRecord(schema, named);
  }
}

function leastRecord({ properties = {}, required = [] }: JsonSchema, named: Named): Readonly<Record<string, unknown>> {
  const schemas = properties as Readonly<Record<string, JsonSchema>>;
  return Object.fromEntries((required as readonly string[]).map((key) => [key, leastValue(schemas[key] ?? {}, named, key)]));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
