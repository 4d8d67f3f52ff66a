import type { z } from "zod";
import { describeIssue } from "../../shared/contracts/describeIssue.ts";
import { AppError } from "../../shared/errors.ts";

/** The parsed value, or 422 with the first thing that is wrong and its field. */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value, { error: describeIssue });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path.join(".") || "body";
  throw new AppError("invalid_request", `${field}: ${issue?.message ?? "it cannot be read"}.`, { status: 422, details: { field } });
}
