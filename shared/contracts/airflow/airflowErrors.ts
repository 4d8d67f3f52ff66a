import { z } from "zod";
import type { AppError } from "../../errors.ts";
import { problemOf, problemSchema } from "../route/ownErrors.ts";
import type { ErrorShape } from "../route/routeFamily.ts";

const wrongFieldSchema = z.object({ loc: z.array(z.string()), msg: z.string(), type: z.string() });

/**
 * `{detail}` as Airflow's clients read it: a sentence, and of 422 a list with what is wrong and where. The other fields are those of
 * all other routes' errors.
 */
export const AIRFLOW_ERRORS = {
  name: "AirflowError",
  schema: problemSchema.extend({ detail: z.union([z.string(), z.array(wrongFieldSchema)]) }),
  bodyOf: (error, asked) => ({ ...problemOf(error, asked), detail: detailOf(error) }),
} satisfies ErrorShape;

function detailOf({ status, code, message, details }: AppError) {
  if (status !== 422) return message;
  return [{ loc: String(details["field"] ?? "body").split("."), msg: message, type: code }];
}
