import type { Context } from "hono";
import { AppError, toAppError } from "../../../shared/errors.ts";

/** A request that OANDA answers with 400 and this `errorMessage`. */
export function badRequest(errorMessage: string): AppError {
  return new AppError("invalid_request", errorMessage, { status: 400 });
}

/** `Invalid value specified for 'granularity'`, in OANDA's words; `reason` follows where OANDA gives one. */
export function invalidValue(parameter: string, reason?: string): AppError {
  return badRequest(`Invalid value specified for '${parameter}'${reason ? `. ${reason}` : ""}`);
}

/** OANDA's error body. */
export function answerError(c: Context, thrown: unknown): Response {
  const error = toAppError(thrown);
  return Response.json({ errorMessage: error.message }, { status: error.status, headers: c.res.headers });
}
