import type { z } from "zod";
import { AppError } from "../../errors.ts";
import { describeIssue } from "../describeIssue.ts";

/** Reads a value by its schema, or throws 422 with the field named. Of a query, a name that was said several times is named without the place. */
export type Check = <Schema extends z.ZodType>(schema: Schema, value: unknown, is_query?: boolean) => z.output<Schema>;

/** The first thing that is wrong, as "field: what.". A name that the schema does not know is a field, too. */
export const checkValue: Check = (schema, value, is_query = false) => {
  const result = schema.safeParse(value, { error: describeIssue });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const unknown_keys = issue?.code === "unrecognized_keys" ? issue.keys : [];
  const path = [...(issue?.path ?? []), ...unknown_keys.slice(0, 1)];
  const is_listed = is_query && Array.isArray((value as Readonly<Record<PropertyKey, unknown>>)[path[0] ?? ""]);
  const field = path.slice(0, is_listed ? 1 : path.length).join(".") || "body";
  const message = unknown_keys.length > 0 ? "is not a field of this request" : (issue?.message ?? "is not valid");
  throw new AppError("invalid_request", `${field}: ${message}.`, { status: 422, details: { field } });
};
