import fc from "fast-check";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Texts that name something: by the field that they are put in, and those that may stand anywhere. */
export interface Words {
  readonly anywhere: readonly string[];
  readonly of: Readonly<Record<string, readonly string[]>>;
}

const MAX_ITEMS = 4;
const MAX_LENGTH = 40;
/** Deeper than what any schema of ours describes: what is generated must end. */
const MAX_DEPTH = 6;

/** Values that a JSON Schema (2020-12, of what zod writes) admits, with `words` among the texts, so that some of them name what there is. */
export function fittingValue(schema: JsonSchema, words: Words, depth = 0, name = ""): fc.Arbitrary<unknown> {
  const of = (one: unknown, of_name = name) => fittingValue(one as JsonSchema, words, depth + 1, of_name);
  if ("const" in schema) return fc.constant(schema["const"]);
  if (Array.isArray(schema["enum"])) return fc.constantFrom(...(schema["enum"] as unknown[]));
  const options = (schema["anyOf"] ?? schema["oneOf"]) as readonly unknown[] | undefined;
  if (options) return fc.oneof(...options.map((one) => of(one)));
  const parts = schema["allOf"] as readonly JsonSchema[] | undefined;
  if (parts) return of(Object.assign({}, ...parts));
  switch (schema["type"]) {
    case "string":
      return textOf(schema, words, name);
    case "integer":
      return fc.integer({ min: bound(schema, "minimum", -1_000), max: bound(schema, "maximum", 100_000) });
    case "number":
      return fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()).filter((value) => isWithin(schema, value));
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array": {
      const minLength = (schema["minItems"] as number | undefined) ?? 0;
      return fc.array(schema["items"] ? of(schema["items"]) : fc.jsonValue(), { minLength, maxLength: Math.max(minLength, MAX_ITEMS) });
    }
    case "object":
      return depth > MAX_DEPTH ? fc.constant({}) : objectOf(schema, words, of);
    default:
      return fc.jsonValue();
  }
}

function objectOf(schema: JsonSchema, words: Words, of: (schema: unknown, name?: string) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const properties = Object.entries((schema["properties"] ?? {}) as Record<string, unknown>);
  const required = (schema["required"] ?? []) as string[];
  const known = fc.record(Object.fromEntries(properties.map(([name, one]) => [name, of(one, name)])), { requiredKeys: required });
  const further = schema["additionalProperties"];
  if (typeof further !== "object" || further === null) return known;
  const names = fc.oneof(fc.constantFrom(...words.anywhere), fc.string({ maxLength: MAX_LENGTH }));
  return fc
    .tuple(known, fc.dictionary(names, of(further), { maxKeys: MAX_ITEMS }))
    .map(([fixed, free]) => ({ ...free, ...(fixed as object) }));
}

function textOf(schema: JsonSchema, words: Words, name: string): fc.Arbitrary<string> {
  const minLength = (schema["minLength"] as number | undefined) ?? 0;
  const maxLength = Math.max(minLength, Math.min(bound(schema, "maxLength", MAX_LENGTH), MAX_LENGTH));
  const free = fc.oneof(fc.string({ minLength, maxLength }), fc.string({ minLength, maxLength, unit: "binary" }));
  const named = fc.constantFrom(...(words.of[name] ?? words.anywhere));
  const moment = fc.date({ min: new Date("2025-01-01"), max: new Date("2026-01-01"), noInvalidDate: true }).map((at) => at.toISOString());
  return fc.oneof({ weight: 3, arbitrary: named }, { weight: 2, arbitrary: free }, { weight: 1, arbitrary: moment });
}

function bound(schema: JsonSchema, name: string, otherwise: number): number {
  const value = schema[name];
  return typeof value === "number" && Math.abs(value) < 2 ** 31 ? value : otherwise;
}

function isWithin(schema: JsonSchema, value: number): boolean {
  return value >= bound(schema, "minimum", Number.NEGATIVE_INFINITY) && value <= bound(schema, "maximum", Number.POSITIVE_INFINITY);
}
