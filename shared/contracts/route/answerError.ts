import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { AppError } from "../../errors.ts";
import type { ErrorShape } from "./routeFamily.ts";

/** An error as an answer: its status, its body in the family's shape, and the headers that go with it. */
export function answerError(context: Context, error: AppError, shape: ErrorShape): Response {
  if (error.retry_after_ms !== null) context.header("Retry-After", String(Math.ceil(error.retry_after_ms / 1_000)));
  if (typeof error.details["allow"] === "string") context.header("Allow", error.details["allow"]);
  if (error.status === 401) context.header("WWW-Authenticate", "Bearer");
  const status = shape.statusOf?.(error.status) ?? error.status;
  return context.json(shape.bodyOf(error), status as ContentfulStatusCode);
}
