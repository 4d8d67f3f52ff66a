import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { AppError } from "../../errors.ts";
import type { ErrorShape, FailedRequest } from "./routeFamily.ts";

/** An error as an answer: its status, its body in the family's shape, and the headers that go with it. */
export function answerError(context: Context, error: AppError, shape: ErrorShape): Response {
  if (error.retry_after_ms !== null) context.header("Retry-After", String(Math.ceil(error.retry_after_ms / 1_000)));
  if (typeof error.details["allow"] === "string") context.header("Allow", error.details["allow"]);
  // What is still to come of the request would be in the way of the next one (RFC 9110, 15.5.9).
  if (error.status === 408) context.header("Connection", "close");
  if (error.status === 401) context.header("WWW-Authenticate", "Bearer");
  const status = shape.statusOf?.(error.status) ?? error.status;
  const body = JSON.stringify(shape.bodyOf(error, failedRequest(context)));
  return context.body(body, status as ContentfulStatusCode, { "Content-Type": shape.media_type ?? "application/json" });
}

/** The request of an answer: its path, and the id that it goes by where it was given one (answerHeaders). */
export function failedRequest(context: Context): FailedRequest {
  const request_id = context.get("requestId") as string | undefined;
  return { path: context.req.path, ...(request_id === undefined ? {} : { request_id }) };
}
