import type { z } from "zod";
import { AppError } from "../shared/errors.ts";

/** What was sent, as the contract has it, or 422 with the field named as in JavaScript: folds[0].test.end. */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({ field: fieldName(issue.path), message: issue.message }));
  const first = issues[0] ?? { field: "body", message: "invalid" };
  throw invalidField(first.field, first.message, { issues });
}

export function invalidField(field: string, message: string, details: Readonly<Record<string, unknown>> = {}): AppError {
  return new AppError("invalid_request", `${field}: ${message}`, { status: 422, details: { field, ...details } });
}

function fieldName(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return text === "" ? "body" : text.replace(/^\./, "");
}
