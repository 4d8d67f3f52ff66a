import { z } from "zod";
import type { AppError } from "../../errors.ts";
import { PROBLEM_KINDS } from "../../problemKinds.ts";
import type { ErrorShape, FailedRequest } from "./routeFamily.ts";

export const PROBLEM_MEDIA_TYPE = "application/problem+json";

export const problemSchema = z.object({
  type: z.string().describe("The kind of problem, for programs: urn:fx-medallion:problem:CODE"),
  title: z.string().describe("The kind of problem, for people: the same for all of that code"),
  status: z.int().describe("The status of the answer"),
  detail: z.string().describe("What was wrong this time"),
  instance: z.string().optional().describe("The path that was asked"),
  code: z.string().describe("The last word of type: what a program goes by"),
  field: z.string().optional().describe("What was wrong in the request: the field's path, a parameter or a header"),
  hint: z.string().optional().describe("What usually helps"),
  request_id: z.string().optional().describe("X-Request-Id of this answer: the log has the request under it"),
  context: z.record(z.string(), z.unknown()).optional().describe("What it is about, by code: what is known instead, limits, states"),
});
export type Problem = z.infer<typeof problemSchema>;

/** An error as RFC 9457 has it, of which `asked` names the request. Fields that have nothing to say are left out. */
export function problemOf({ code, status, message, details }: AppError, { path, request_id }: FailedRequest): Problem {
  const { field, ...context } = details;
  const { title, hint } = PROBLEM_KINDS[code];
  return {
    type: `urn:fx-medallion:problem:${code}`,
    title,
    status,
    detail: message,
    ...(path === undefined ? {} : { instance: path }),
    code,
    ...(field === undefined ? {} : { field: String(field) }),
    ...(hint === null ? {} : { hint }),
    ...(request_id === undefined ? {} : { request_id }),
    ...(Object.keys(context).length === 0 ? {} : { context }),
  };
}

/** Problem details for HTTP APIs (RFC 9457): a word for programs, sentences for people, and what it is about. */
export const OWN_ERRORS = {
  name: "Problem",
  schema: problemSchema,
  media_type: PROBLEM_MEDIA_TYPE,
  bodyOf: problemOf,
} satisfies ErrorShape;
