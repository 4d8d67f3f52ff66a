import { z } from "zod";
import type { AppError, ErrorCode } from "../errors.ts";
import type { ErrorShape } from "./route/routeFamily.ts";

/** Python's name of what an error is, which Feast's clients raise; of all others the one above them. */
const CLASSES: Partial<Readonly<Record<ErrorCode, string>>> = {
  unknown_feature_view: "FeatureViewNotFoundException",
  unknown_feature_service: "FeatureServiceNotFoundException",
  unknown_feature: "FeastObjectNotFoundException",
  unknown_instrument: "FeastObjectNotFoundException",
  unknown_push_source: "PushSourceNotFoundException",
  forbidden: "FeastPermissionError",
};

/**
 * Errors as Feast's feature server tells them: a JSON text that holds a JSON document, of which its clients make the Python exception of that
 * class. Beside its three fields, the code and the details that all errors here have. Source: feast/errors.py of Feast 0.67.0, to_error_detail
 * and from_error_detail.
 */
export const FEAST_ERRORS = {
  name: "FeastError",
  schema: z.string().describe('A JSON document: {"module", "class", "message", "code", "details"}'),
  bodyOf: ({ code, message, details }: AppError) =>
    JSON.stringify({ module: "feast.errors", class: CLASSES[code] ?? "FeastError", message, code, details }),
} satisfies ErrorShape;
