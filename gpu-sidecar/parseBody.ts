import type { z } from "zod";
import { AppError } from "../shared/errors.ts";

/** A request body of the contract, or 422 with the field named. */
export function parseBody<Value>(schema: z.ZodType<Value>, body: unknown): Value {
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
