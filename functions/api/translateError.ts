import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { AppError } from "../../shared/errors.ts";

/** An error as the caller is told of it. What is our own fault stays in the Worker's log. */
export function translateError(error: unknown, { req }: Context): AppError {
  const known = error instanceof HTTPException ? new AppError("invalid_request", error.message, { status: error.status }) : error;
  if (!(known instanceof AppError)) {
    console.error(`${req.method} ${req.path}`, error);
    return new AppError("internal", "Something went wrong on our side; the Worker's log has the details.");
  }
  if (known.status >= 500) console.error(`${req.method} ${req.path} ${known.code}: ${known.message}`);
  return known;
}
