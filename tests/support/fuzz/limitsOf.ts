import type { JsonSchema } from "./fittingValue.ts";
import { type Asked, isRecord, leastValue, type Named } from "./leastRequest.ts";
import type { Operation } from "./requestOf.ts";

/** A limit that the document states, a value that just keeps it, and one that just does not. */
export interface StatedLimit {
  readonly place: "params" | "query" | "body";
  /** Of a body the way to the field; of a parameter its name. */
  readonly path: readonly string[];
  readonly keyword: string;
  /** Absent where nobody knows one. */
  readonly at?: unknown;
  readonly beyond: unknown;
}

/** Larger lists and texts than that are left to the limit of the body. */
const MOST = 20_000;

/** The limits of an operation's parameters and of its body, as deep as it describes it. */
export function limitsOf({ parameters, requestBody }: Operation, named: Named): StatedLimit[] {
  const asked = parameters.flatMap(({ in: place, name, schema }) =>
    limitsIn(schema, named, [name]).map((limit): StatedLimit => ({ ...limit, place: place === "path" ? "params" : "query" })),
  );
  const json = requestBody?.content["application/json"]?.schema;
  const sent = json ? limitsIn(json, named, []).map((limit): StatedLimit => ({ ...limit, place: "body" })) : [];
  return [...asked, ...sent];
}

type Found = Omit<StatedLimit, "place">;

function limitsIn(schema: JsonSchema, named: Named, path: readonly string[]): Found[] {
  const own = ownLimits(schema, named).map((limit) => ({ ...limit, path }));
  const properties = Object.entries((schema["properties"] ?? {}) as Readonly<Record<string, JsonSchema>>);
  return [...own, ...properties.flatMap(([name, one]) => limitsIn(one, named, [...path, name]))];
}

function ownLimits(schema: JsonSchema, named: Named): Omit<Found, "path">[] {
  const item = leastValue((schema["items"] ?? {}) as JsonSchema, named);
  const list = (size: number) => Array.from({ length: size }, () => item);
  const text = (size: number) => "x".repeat(size);
  const counted = [...sized(schema, "Items", list), ...sized(schema, "Length", text), ...between(schema)];
  // A text of x only is none that a pattern or a format would take.
  const is_free = schema["pattern"] === undefined && schema["format"] === undefined;
  return [...(is_free ? counted : counted.filter(({ keyword }) => !keyword.endsWith("Length"))), ...among(schema)];
}

function sized(schema: JsonSchema, of: "Items" | "Length", make: (size: number) => unknown): Omit<Found, "path">[] {
  const [least, most] = [schema[`min${of}`], schema[`max${of}`]];
  return [
    ...(typeof least === "number" && least > 0 ? [{ keyword: `min${of}`, at: make(least), beyond: make(least - 1) }] : []),
    ...(typeof most === "number" && most <= MOST ? [{ keyword: `max${of}`, at: make(most), beyond: make(most + 1) }] : []),
  ];
}

function between(schema: JsonSchema): Omit<Found, "path">[] {
  const [least, most] = [schema["minimum"], schema["maximum"]];
  return [
    ...(typeof least === "number" ? [{ keyword: "minimum", at: least, beyond: least - 1 }] : []),
    ...(typeof most === "number" ? [{ keyword: "maximum", at: most, beyond: most + 1 }] : []),
  ];
}

/** What is none of those that are listed, and what no pattern of ours takes. */
function among(schema: JsonSchema): Omit<Found, "path">[] {
  if (Array.isArray(schema["enum"])) return [{ keyword: "enum", at: schema["enum"][0], beyond: "none of those" }];
  const pattern = schema["pattern"];
  return typeof pattern === "string" && !new RegExp(pattern, "u").test("?\n?") ? [{ keyword: "pattern", beyond: "?\n?" }] : [];
}

/** The request with a value at a limit's place, and the way to it where there was none. */
export function withValue(asked: Asked, { place, path }: StatedLimit, value: unknown): Asked {
  const put = (into: unknown, [key, ...rest]: readonly string[]): unknown => {
    if (key === undefined) return value;
    return { ...(isRecord(into) ? into : {}), [key]: put(isRecord(into) ? into[key] : undefined, rest) };
  };
  return { ...asked, [place]: put(asked[place], path) };
}
