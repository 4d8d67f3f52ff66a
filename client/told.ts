import type { z } from "zod";
import type { FileAnswer, Route } from "../shared/contracts/route/defineRoute.ts";

/** What a call of a route comes to, as types: made of its contract, as the handler's and OpenAPI's are. */

type Answers<R extends Route> = R["answers"];
type AnswerStatus<R extends Route> = keyof Answers<R> & number;
/** JSON as the contract reads it; a file, or a stream, as the response that it is, unread. */
type DataOf<Answer> = Answer extends z.ZodType ? z.output<Answer> : Answer extends FileAnswer ? Response : never;

/** The answer that the contract has for its status: of success, and /health's, which is the same with 503. */
export type Answered<R extends Route> = {
  readonly [Status in AnswerStatus<R>]: {
    readonly ok: true;
    readonly status: Status;
    readonly data: DataOf<Answers<R>[Status]>;
    readonly response: Response;
  };
}[AnswerStatus<R>];

type Has<R extends Route, Part extends "body" | "query" | "params"> = R extends { readonly [Key in Part]: object } ? true : false;
type AskedErrors<R extends Route> =
  Has<R, "body"> extends true ? 400 | 408 | 413 | 422 : true extends Has<R, "query"> | Has<R, "params"> ? 422 : never;
type OwnErrors<R extends Route> = R extends { readonly errors: readonly (infer Status)[] } ? Status : never;
type GuardErrors<R extends Route> =
  | 403
  | 414
  | (R extends { readonly closable: string } ? 404 : never)
  | (R["method"] extends "GET" ? never : 400)
  | (R["family"]["auth"] extends null ? never : 401)
  | (R["family"] extends { readonly is_uncounted: true } ? never : 429);

/** statusesOf as a type, with those of a host that is away. Whose errors have other statuses in another system's words, has any. */
export type ErrorStatusOf<R extends Route> = R["family"]["error"] extends { readonly statusOf: unknown }
  ? number
  : Exclude<OwnErrors<R> | AskedErrors<R> | GuardErrors<R> | 500 | 503, AnswerStatus<R>>;

export type ErrorOf<R extends Route> = z.output<R["family"]["error"]["schema"]>;

/** Refused, or failed. `error` is in the words of the route's family: RFC 9457 of our own, or as another system's clients read it. */
export interface Refused<R extends Route> {
  readonly ok: false;
  readonly status: ErrorStatusOf<R>;
  readonly error: ErrorOf<R>;
  readonly response: Response;
}

export type Told<R extends Route> = Answered<R> | Refused<R>;
