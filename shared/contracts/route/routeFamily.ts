import type { z } from "zod";
import type { AppError } from "../../errors.ts";
import type { Scope } from "../keys/apiKey.ts";

/** Who may ask: whoever sends the token of that name as a bearer token. */
export const AUTH_SCHEMES = {
  admin_token: "A key of this installation that may do it (API_KEYS), or its ADMIN_TOKEN, where one of these is set.",
  api_key: "A key of this installation that may predict (API_KEYS), or its ADMIN_TOKEN, where keys are set.",
  host_token: "Known to the process alone that runs this Worker.",
  sidecar_token: "The SIDECAR_TOKEN that the Worker and its sidecar share, where one is set.",
} as const;
export type AuthScheme = keyof typeof AUTH_SCHEMES;

/** The request that an error answers, as far as it is known. */
export interface FailedRequest {
  readonly path?: string;
  readonly request_id?: string;
}

/** How errors look: clients of different systems read different ones. */
export interface ErrorShape {
  /** Of its schema in OpenAPI. */
  readonly name: string;
  readonly schema: z.ZodType;
  /** Absent: application/json. */
  readonly media_type?: string;
  bodyOf(error: AppError, asked: FailedRequest): unknown;
  /** Which status goes with an error whose own is `status`, where a client's words for it are others; absent: that one. */
  statusOf?(status: number): number;
}

/** Routes that lie under one address, are open to the same people, and tell errors alike. */
export interface RouteFamily {
  readonly name: string;
  /** What they are for, as a reader of OpenAPI is told. */
  readonly about: string;
  /** What its routes are together, where a list is not to name each. */
  readonly summary?: string;
  /** What their paths begin with; "" for those at the top. Where two families fit, a path belongs to that of the longer base. */
  readonly base: "" | `/${string}`;
  /** Null: open to all. */
  readonly auth: AuthScheme | null;
  /** What a key must be allowed for all of its routes; absent: it follows from each (scopeOf). */
  readonly scope?: Scope;
  /** The token may come as the password of Basic authentication as well. */
  readonly takes_password?: true;
  /** A query's name without a value (`limit=`) is as if it were not there: some clients send all that they know. */
  readonly empty_is_absent?: true;
  /** Requests are counted for no limit (RATE_LIMITS). */
  readonly is_uncounted?: true;
  readonly error: ErrorShape;
}

/** A family as it was written, with its types kept: a client's errors are those of it. */
export function defineFamily<const Defined extends RouteFamily>(family: Defined): Defined {
  return family;
}

/** The family that a path belongs to, an unknown path as well; undefined when none is at the top. */
export function familyAt(families: readonly RouteFamily[], path: string): RouteFamily | undefined {
  return families
    .filter(({ base }) => base === "" || path === base || path.startsWith(`${base}/`))
    .reduce<RouteFamily | undefined>((best, one) => (best && best.base.length >= one.base.length ? best : one), undefined);
}
