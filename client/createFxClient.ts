import { ALL_ROUTES, type AllRoutes } from "../shared/contracts/allRoutes.ts";
import type { Route } from "../shared/contracts/route/defineRoute.ts";
import type { InputOf } from "../shared/contracts/route/routeTypes.ts";
import { askRoute, type Send } from "./askRoute.ts";
import { FxClientError } from "./fxClientError.ts";
import { DEFAULT_RETRY, type RetryTerms, retrying } from "./retrying.ts";
import type { Told } from "./told.ts";

export interface FxClientOptions {
  /** For example http://127.0.0.1:8787. */
  readonly base_url: string;
  /** A key of the installation (fx keys create), or its ADMIN_TOKEN, where one is set. */
  readonly key?: string;
  /** What a request is sent by; absent: the fetch of this program. */
  readonly fetch?: Send;
  /** How often to ask again when the server says to, where nothing can be done twice by it; null: never. */
  readonly retry?: RetryTerms | null;
  /** Ends every request of this client, and its waits to ask again: each throws its reason. */
  readonly signal?: AbortSignal;
}

type ArgumentsOf<R extends Route> = Record<never, never> extends InputOf<R> ? [input?: InputOf<R>] : [input: InputOf<R>];

/** A method a route, by the name that it has in OpenAPI (operationId). */
export type FxClient = {
  readonly [Name in keyof AllRoutes]: (...input: ArgumentsOf<AllRoutes[Name]>) => Promise<Told<AllRoutes[Name]>>;
};

/**
 * A client of the Worker's HTTP API whose requests and answers are those of its contracts. What the server refuses is told (`ok: false`,
 * with the error); only what is no answer of this API is thrown.
 *
 *     const fx = createFxClient({ base_url: "http://127.0.0.1:8787", key: process.env.FX_KEY });
 *     const told = await fx.predict({ body: { instrument: "USD_SGD" } });
 *     if (told.ok) console.log(told.data.prediction);
 *     else console.error(told.status, told.error.detail);
 */
export function createFxClient({ base_url, key, retry = DEFAULT_RETRY, signal, ...options }: FxClientOptions): FxClient {
  const address = { base_url: base_url.replace(/\/+$/, ""), key: key ?? null };
  const fetched: Send = options.fetch ?? ((url, init) => fetch(url, init));
  const sendOf = (route: Route): Send => {
    const is_repeatable = route.method === "GET" || route.is_idempotent === true;
    const send = retry === null ? fetched : retrying(fetched, is_repeatable, retry, { sleep, now: Date.now });
    return signal ? (url, init) => send(url, { ...init, signal }) : send;
  };
  const thrown = (error: unknown): never => {
    if (error instanceof FxClientError || signal?.aborted) throw error;
    throw new FxClientError(`No whole answer came from ${address.base_url}: ${error}`, null, { cause: error });
  };
  const methods = Object.entries(ALL_ROUTES as Readonly<Record<string, Route>>).map(([name, route]) => [
    name,
    (input: InputOf<Route> = {}) => askRoute(address, sendOf(route), route, input).catch(thrown),
  ]);
  return Object.fromEntries(methods) as FxClient;
}

function sleep(ms: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
