import type { AllRoutes } from "../../../../shared/contracts/allRoutes.ts";
import { requestOf } from "../../../../shared/contracts/route/requestOf.ts";
import type { AnswerOf, InputOf } from "../../../../shared/contracts/route/routeTypes.ts";
import { apiKey, askForKey } from "./apiKey.ts";
import { AskError, problemOf } from "./askError.ts";

/** Every route by what it is asked at, as OpenAPI writes it: "GET /api/models/{name}". */
type RoutesByAddress = {
  readonly [Name in keyof AllRoutes as `${AllRoutes[Name]["method"]} ${AllRoutes[Name]["path"]}`]: AllRoutes[Name];
};
export type Address = keyof RoutesByAddress;
export type RouteAt<At extends Address> = RoutesByAddress[At];
export type AnswerAt<At extends Address> = AnswerOf<RouteAt<At>>;
export type InputAt<At extends Address> = InputOf<RouteAt<At>>;
export type ArgumentsAt<At extends Address> = Record<never, never> extends InputAt<At> ? [input?: InputAt<At>] : [input: InputAt<At>];

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
  const key = apiKey.peek();
  const headers = { accept: "application/json", ...request.headers, ...(key === null ? {} : { authorization: `Bearer ${key}` }) };
  const response = await fetch(request.path, {
    method: request.method,
    headers,
    // A body of nothing is JSON too: a page must say so.
    ...(method === "GET"
      ? {}
      : { body: (request.body as string | undefined) ?? "{}", headers: { ...headers, "content-type": "application/json" } }),
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new AskError(null, {
      title: "No answer",
      detail: "The server does not answer. It may have been stopped, or the connection is down.",
    });
  });
  // /health says what is wrong in its usual shape.
  if (response.ok || (path === "/health" && response.status === 503)) return response;
  const problem = await problemOf(response);
  if (response.status === 401) askForKey(problem.detail);
  throw new AskError(response.status, problem);
}
