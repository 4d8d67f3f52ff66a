import { AppError } from "../errors.ts";

/** Why a model that was trained elsewhere is not served: the word of who looks at it, told to who wants it promoted. */
export function foreignRefusal(reason: string): AppError {
  return new AppError("invalid_model", reason, { status: 400, details: { error_code: "INVALID_PARAMETER_VALUE" } });
}
