import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { onOneLine } from "../../shared/domain/onOneLine.ts";
import { AppError } from "../../shared/errors.ts";

/** An error as the caller is told of it. What is our own fault stays in the Worker's log. */
export function translateError(error: unknown, context: Context): AppError {
  const { req } = context;
  const id = context.get("requestId") as string | undefined;
  const asked = id === undefined ? `${req.method} ${req.path}` : `${req.method} ${req.path} (${id})`;
  const known = error instanceof HTTPException ? new AppError("invalid_request", error.message, { status: error.status }) : error;
  if (!(known instanceof AppError)) {
    console.error(onOneLine(asked), error);
    const where = id === undefined ? "" : ` under X-Request-Id ${id}`;
    return new AppError("internal", `Something went wrong on our side; the Worker's log has the details${where}.`);
  }
  if (known.status >= 500) console.error(onOneLine(`${asked} ${known.code}: ${known.message}`));
  return known;
}
