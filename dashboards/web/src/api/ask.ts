import type { AllRoutes } from "../../../../shared/contracts/allRoutes.ts";
import { requestOf } from "../../../../shared/contracts/route/requestOf.ts";
import type { AnswerOf, InputOf } from "../../../../shared/contracts/route/routeTypes.ts";
import { AskError, problemOf } from "./askError.ts";
import { bearerOf } from "./bearerOf.ts";
import { keys } from "./keys.ts";
import { reach } from "./reach.ts";

/** Every route by what it is asked at, as OpenAPI writes it: "GET /api/models/{name}". */
type RoutesByAddress = {
  readonly [Name in keyof AllRoutes as `${AllRoutes[Name]["method"]} ${AllRoutes[Name]["path"]}`]: AllRoutes[Name];
};
export type Address = keyof RoutesByAddress;
type RouteAt<At extends Address> = RoutesByAddress[At];
export type AnswerAt<At extends Address> = AnswerOf<RouteAt<At>>;
export type InputAt<At extends Address> = InputOf<RouteAt<At>>;

/** Routes of these pages that nobody is asked a key for, whatever is set. */
const OPEN: ReadonlySet<Address> = new Set<Address>(["GET /health"]);

/**
 * Asks a route of the API. Types are the contract's; the contracts themselves, with all that checks them, stay on the server. Throws
 * AskError for what the server refuses, and when no answer comes.
 */
export async function ask<At extends Address>(at: At, input?: InputAt<At>, signal?: AbortSignal): Promise<AnswerAt<At>> {
  const response = await send(at, input ?? {}, signal);
  return (await response.json()) as AnswerAt<At>;
}

/** The same of a route that answers with a file: its text, of at most so many characters, and whether there was more. */
export async function askText<At extends Address>(
  at: At,
  input?: InputAt<At>,
  { max_chars = 200_000, signal }: { readonly max_chars?: number; readonly signal?: AbortSignal } = {},
): Promise<{ readonly text: string; readonly is_cut: boolean }> {
  const text = await (await send(at, input ?? {}, signal)).text();
  return { text: text.slice(0, max_chars), is_cut: text.length > max_chars };
}

async function send(at: Address, input: unknown, signal: AbortSignal | undefined): Promise<Response> {
  const [method, path] = at.split(" ", 2) as [string, `/${string}`];
  // Of a contract, requestOf reads these alone.
  const contract = { method, path, body: { media_type: "application/json" } } as never;
  const request = requestOf(contract, input as never);
  const headers = {
    accept: "application/json",
    ...request.headers,
    ...(method === "GET" ? {} : { "content-type": "application/json" }),
  };
  // A body of nothing is JSON too: a page must say so.
  const body = method === "GET" ? {} : { body: (request.body as string | undefined) ?? "{}" };
  const reachWith = (key: string | null) =>
    reach(request.path, { method: request.method, headers: { ...headers, ...bearerOf(key) }, ...body, ...(signal ? { signal } : {}) });
  // What is open to all says nothing of a key, and is told whoever asks.
  const response = await (OPEN.has(at) ? reachWith(keys.key.peek()) : keys.through(reachWith));
  // /health says what is wrong in its usual shape.
  if (response.ok || (path === "/health" && response.status === 503)) return response;
  throw new AskError(response.status, await problemOf(response));
}
