import type { z } from "zod";
import type { Route } from "./defineRoute.ts";

/** What a route's contract says, as types. */

type PathNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | PathNames<Rest> : never;
type Nothing = Readonly<Record<never, never>>;

/** Parts of the path as a handler gets them. */
export type ParamsOf<R extends Route> = R extends { readonly params: infer Params extends z.ZodType }
  ? z.output<Params>
  : Readonly<Record<PathNames<R["path"]>, string>>;

export type QueryOf<R extends Route> = R extends { readonly query: infer Query extends z.ZodType } ? z.output<Query> : Nothing;

export type BodyOf<R extends Route> = R extends { readonly body: { readonly schema: infer Body extends z.ZodType } }
  ? z.output<Body>
  : undefined;

/** What is read of a request, before a handler sees it. */
export interface Asked<R extends Route> {
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
}

type JsonOf<Answer> = Answer extends z.ZodType ? z.output<Answer> : never;

/** JSON bodies of the answers, of whatever status. */
export type AnswerOf<R extends Route> = JsonOf<R["answers"][keyof R["answers"]]>;

/** Says with which status of several a body goes. */
export class Answer<const Status extends number, Body> {
  readonly status: Status;
  readonly body: Body;

  constructor(status: Status, body: Body) {
    this.status = status;
    this.body = body;
  }
}

type AnswersOf<R extends Route> = {
  [Status in keyof R["answers"] & number]: Answer<Status, JsonOf<R["answers"][Status]>>;
}[keyof R["answers"] & number];

type IsUnion<Type, Each = Type> = Each extends Type ? ([Type] extends [Each] ? false : true) : never;

/** What a handler returns: the body where one status has one; an Answer where several do; a Response of its own where it is no JSON. */
export type Reply<R extends Route> = Response | (IsUnion<keyof R["answers"]> extends true ? AnswersOf<R> : AnswerOf<R>);

/** What a client says; what has a default may be left out. */
export type InputOf<R extends Route> = ([PathNames<R["path"]>] extends [never]
  ? Nothing
  : { readonly params: Readonly<Record<PathNames<R["path"]>, string>> }) &
  (R extends { readonly query: infer Query extends z.ZodType }
    ? Nothing extends z.input<Query>
      ? { readonly query?: z.input<Query> }
      : { readonly query: z.input<Query> }
    : Nothing) &
  (R extends { readonly body: { readonly schema: infer Body extends z.ZodType; readonly is_optional: infer Optional } }
    ? true extends Optional
      ? { readonly body?: z.input<Body> }
      : { readonly body: z.input<Body> }
    : Nothing);
