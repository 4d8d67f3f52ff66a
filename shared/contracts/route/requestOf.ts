import type { Method, Route } from "./defineRoute.ts";
import type { InputOf } from "./routeTypes.ts";

/** A request as a client sends it, below the address of its server. */
export interface ClientRequest {
  readonly method: Method;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** What a client asks, as the contract has it. What is undefined in the query is left out. */
export function requestOf<R extends Route>(route: R, input: InputOf<R>): ClientRequest {
  const {
    params = {},
    query = {},
    body,
  } = input as {
    readonly params?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly body?: unknown;
  };
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(params[name] ?? ""));
  const asked = Object.entries(query).filter(([, value]) => value !== undefined);
  const said = asked.flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)]));
  const search = said.length === 0 ? "" : `?${new URLSearchParams(said)}`;
  const base = { method: route.method, path: `${path}${search}` };
  if (body === undefined || !route.body) return { ...base, headers: {} };
  const sent = route.body.media_type === "application/json" ? JSON.stringify(body) : (body as string | Uint8Array<ArrayBuffer>);
  return { ...base, headers: { "content-type": route.body.media_type }, body: sent };
}
