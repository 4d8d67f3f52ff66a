import { z } from "zod";
import type { AppError } from "../../errors.ts";
import { errorBodySchema, OWN_ERRORS } from "../route/ownErrors.ts";
import type { ErrorShape } from "../route/routeFamily.ts";

const problemSchema = z.object({ loc: z.array(z.string()), msg: z.string(), type: z.string() });

/**
 * `{detail}` as Airflow's clients read it: a sentence, and of 422 a list with what is wrong and where. Beside it stands the error as all
 * other routes tell it, with its code.
 */
export const AIRFLOW_ERRORS: ErrorShape = {
  schema: errorBodySchema.extend({ detail: z.union([z.string(), z.array(problemSchema)]) }),
  bodyOf: (error) => ({ detail: detailOf(error), ...(OWN_ERRORS.bodyOf(error) as z.infer<typeof errorBodySchema>) }),
};

function detailOf({ status, code, message, details }: AppError) {
  if (status !== 422) return message;
  return [{ loc: String(details["field"] ?? "body").split("."), msg: message, type: code }];
}
