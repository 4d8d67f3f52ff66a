import { z } from "zod";
import { jsonBody } from "../route/defineRoute.ts";

/** How MLflow's protocol buffers travel as JSON. */

/** An int64: a number, or a decimal text. */
export const int64Schema = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d{1,16}$/, { message: "is not a whole number" })
    .transform(Number),
]);

/** A double: a number, or the name of one that JSON does not have. */
export const doubleSchema = z.union([
  z.number(),
  z
    .string()
    .regex(/^(?:NaN|-?Infinity|-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)$/, { message: "is not a number" })
    .transform(Number),
]);
/** The same as it is answered: what is too large for a double is the largest one, as in MLflow's database. */
export const doubleAnswerSchema = z.union([z.number(), z.literal("NaN")]);

export function toWireDouble(value: number): number | "NaN" {
  if (Number.isNaN(value)) return "NaN";
  return Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE);
}

/** The number of a version: a text, which people write as a number, too. */
export const versionTextSchema = z.union([z.string(), z.int().transform(String)]);

export const keyValueSchema = z.object({ key: z.string(), value: z.string().default("") });
export const pairSchema = z.object({ key: z.string(), value: z.string() });

/** What MLflow takes in one body; a data set's schema and profile may be large. */
const MAX_BODY_BYTES = 4_000_000;

/** A body of JSON in which null is the same as absent; fields beside those of the schema are let be. */
export function messageBody<Shape extends z.ZodRawShape>(shape: Shape, max_bytes = MAX_BODY_BYTES) {
  return jsonBody(z.preprocess(withoutNulls, z.object(shape)), { max_bytes, is_optional: true });
}

export const emptySchema = z.object({});

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const said = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(said.map(([name, field]) => [name, withoutNulls(field)]));
}
