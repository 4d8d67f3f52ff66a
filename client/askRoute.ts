import { isFile, type Route } from "../shared/contracts/route/defineRoute.ts";
import { requestOf } from "../shared/contracts/route/requestOf.ts";
import type { InputOf } from "../shared/contracts/route/routeTypes.ts";
import { FxClientError } from "./fxClientError.ts";
import type { Told } from "./told.ts";

/** Sends one request: `fetch`, or something around it. */
export type Send = (url: string, init: RequestInit & { readonly method: string }) => Promise<Response>;

export interface Address {
  /** Without a slash at its end. */
  readonly base_url: string;
  /** A key of the installation, or its ADMIN_TOKEN; null where none is set. */
  readonly key: string | null;
}

/**
 * Asks a route, and tells what came of it as its contract has it: an answer, read by the schema of its status, or an error of the route's
 * family. Throws FxClientError for what is neither, and whatever `send` throws.
 */
export async function askRoute<R extends Route>({ base_url, key }: Address, send: Send, route: R, input: InputOf<R>): Promise<Told<R>> {
  const { path, headers, ...request } = requestOf(route, input);
  const token: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
  const response = await send(base_url + path, { ...request, headers: { ...headers, ...token } });
  return (await readAnswer(route, path, response)) as Told<R>;
}

async function readAnswer(route: Route, path: string, response: Response): Promise<Told<Route>> {
  const { status } = response;
  const answer = route.answers[status];
  if (answer && isFile(answer)) return { ok: true, status, data: response, response } as Told<Route>;
  const text = await response.text();
  const body = jsonOf(text);
  const read = answer?.safeParse(body);
  if (read?.success) return { ok: true, status, data: read.data, response } as Told<Route>;
  const refused = route.family.error.schema.safeParse(body);
  if (refused.success) return { ok: false, status, error: refused.data, response } as Told<Route>;
  const issue = read?.error?.issues[0];
  const what = issue ? `${issue.path.join(".") || "the body"}: ${issue.message}` : `status ${status}`;
  throw new FxClientError(`The Worker's answer to ${path} cannot be understood (${what}): ${text.slice(0, 200)}`, status);
}

/** Undefined for what is no JSON: no schema takes it. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
