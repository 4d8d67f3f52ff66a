import { z } from "zod";
import { AppError, type AppErrorOptions, type ErrorCode } from "../../errors.ts";
import { problemSchema } from "./ownErrors.ts";

/** Airflow's routes have a list in the place of the sentence where several fields may be wrong. */
const saidSchema = problemSchema.extend({ detail: z.union([z.string(), z.array(z.looseObject({ msg: z.string() }))]) });

export interface ReadProblem {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What an error body says, as AppError has it; null: it is none of ours. */
export function readProblem(body: unknown): ReadProblem | null {
  const said = saidSchema.safeParse(body);
  if (!said.success) return null;
  const { code, detail, field, context } = said.data;
  const message = typeof detail === "string" ? detail : detail.map(({ msg }) => msg).join("; ");
  return { code, message, details: { ...context, ...(field === undefined ? {} : { field }) } };
}

/** The error that was answered, to be thrown again where it was asked. */
export function toSentError({ code, message, details }: ReadProblem, options: Omit<AppErrorOptions, "details">): AppError {
  return new AppError(code as ErrorCode, message, { ...options, details });
}
