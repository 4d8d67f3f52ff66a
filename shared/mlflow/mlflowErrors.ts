import { z } from "zod";
import type { ErrorShape } from "../contracts/route/routeFamily.ts";
import { AppError, type ErrorCode } from "../errors.ts";

/** MLflow's own words for what went wrong (databricks.proto), those that are answered here. */
export type MlflowCode =
  | "RESOURCE_DOES_NOT_EXIST"
  | "RESOURCE_ALREADY_EXISTS"
  | "INVALID_PARAMETER_VALUE"
  | "BAD_REQUEST"
  | "ENDPOINT_NOT_FOUND"
  | "PERMISSION_DENIED"
  | "UNAUTHENTICATED"
  | "NOT_IMPLEMENTED"
  | "REQUEST_LIMIT_EXCEEDED"
  | "TEMPORARILY_UNAVAILABLE"
  | "INTERNAL_ERROR";

const BY_ERROR: Partial<Readonly<Record<ErrorCode, MlflowCode>>> = {
  bad_json: "BAD_REQUEST",
  url_too_long: "INVALID_PARAMETER_VALUE",
  body_too_large: "INVALID_PARAMETER_VALUE",
  invalid_request: "INVALID_PARAMETER_VALUE",
  method_not_allowed: "ENDPOINT_NOT_FOUND",
  not_found: "ENDPOINT_NOT_FOUND",
  rate_limited: "REQUEST_LIMIT_EXCEEDED",
  store_unavailable: "TEMPORARILY_UNAVAILABLE",
  source_unavailable: "TEMPORARILY_UNAVAILABLE",
};

/** `{error_code, message}`, of which a client makes an MlflowException. What it may not repeat is never of the statuses that it repeats. */
export const MLFLOW_ERRORS = {
  name: "MlflowError",
  schema: z.object({ error_code: z.string(), message: z.string() }),
  bodyOf: (error) => ({ error_code: codeOf(error), message: error.message }),
  statusOf: (status) => (status === 413 || status === 422 ? 400 : status),
} satisfies ErrorShape;

export function invalidParameter(message: string): AppError {
  return new AppError("invalid_request", message, { status: 400, details: { error_code: "INVALID_PARAMETER_VALUE" } });
}

export function doesNotExist(message: string): AppError {
  return new AppError("not_found", message, { status: 404, details: { error_code: "RESOURCE_DOES_NOT_EXIST" } });
}

export function alreadyExists(message: string): AppError {
  return new AppError("object_conflict", message, { status: 400, details: { error_code: "RESOURCE_ALREADY_EXISTS" } });
}

/** Of what is this installation's own word, which no client may change. */
export function permissionDenied(message: string): AppError {
  return new AppError("forbidden", message, { status: 403, details: { error_code: "PERMISSION_DENIED" } });
}

function codeOf({ code, status, details }: AppError): MlflowCode {
  if (typeof details["error_code"] === "string") return details["error_code"] as MlflowCode;
  if (code === "forbidden") return status === 401 ? "UNAUTHENTICATED" : "PERMISSION_DENIED";
  return BY_ERROR[code] ?? (status >= 500 ? "INTERNAL_ERROR" : "BAD_REQUEST");
}
