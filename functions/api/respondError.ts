import type { Context, ErrorHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { ListedRoute } from "../../shared/contracts/allowedMethods.ts";
import type { ErrorBody } from "../../shared/contracts/predict.ts";
import { unknownRoute } from "../../shared/contracts/unknownRoute.ts";
import { AppError } from "../../shared/errors.ts";

/** The single place where an error becomes an answer. */
export const respondError: ErrorHandler = (error, context) => {
  const known = error instanceof HTTPException ? new AppError("invalid_request", error.message, { status: error.status }) : error;
  if (!(known instanceof AppError)) {
    console.error(`${context.req.method} ${context.req.path}`, error);
    return context.json(errorBody("internal", "Something went wrong on our side; the Worker's log has the details.", {}), 500);
  }
  if (known.status >= 500) console.error(`${context.req.method} ${context.req.path} ${known.code}: ${known.message}`);
  if (known.retry_after_ms !== null) context.header("Retry-After", String(Math.ceil(known.retry_after_ms / 1_000)));
  return context.json(errorBody(known.code, known.message, known.details), known.status as ContentfulStatusCode);
};

/** The answer where no route was found. */
export function respondUnknown(routes: readonly ListedRoute[], context: Context): Response {
  const { code, message, details, status } = unknownRoute(routes, context.req.method, context.req.path);
  if (typeof details["allow"] === "string") context.header("Allow", details["allow"]);
  return context.json(errorBody(code, message, details), status as ContentfulStatusCode);
}

function errorBody(code: string, message: string, details: Readonly<Record<string, unknown>>): ErrorBody {
  return { error: { code, message, details } };
}
