import { z } from "zod";
import type { AppError } from "../../errors.ts";
import type { ErrorShape } from "./routeFamily.ts";

export const errorBodySchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()),
  }),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;

/** `{error: {code, message, details}}`: a word for programs, a sentence for people, and what it is about (`details.field`, mostly). */
export const OWN_ERRORS: ErrorShape = {
  schema: errorBodySchema,
  bodyOf: ({ code, message, details }: AppError) => ({ error: { code, message, details } }) satisfies ErrorBody,
};
