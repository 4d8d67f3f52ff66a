import { AppError } from "../errors.ts";

/** A 422 that names the field, and the place in it. */
export function invalidField(field: string, problem: string, cause?: unknown): AppError {
  return new AppError("invalid_request", `${field}: ${problem}.`, {
    status: 422,
    details: { field },
    ...(cause === undefined ? {} : { cause }),
  });
}
