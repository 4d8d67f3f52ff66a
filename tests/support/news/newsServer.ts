import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface NewsServer {
  readonly origin: string;
  /** Requests in the order of their arrival, with the moments of arrival and of the answer's end. */
  readonly seen: readonly SeenRequest[];
  stop(): Promise<void>;
}

export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly at: number;
  ended: number | null;
}

export type NewsRoute = (response: ServerResponse, request: IncomingMessage) => void;

/** A site on this machine; an address without a route is a 404. */
export async function startNewsServer(routes: Readonly<Record<string, NewsRoute>>): Promise<NewsServer> {
  const seen: SeenRequest[] = [];
  const listener: RequestListener = (request, response) => {
    const path = request.url ?? "";
    const one: SeenRequest = { path, headers: request.headers, at: Date.now(), ended: null };
    seen.push(one);
    response.on("close", () => {
      one.ended = Date.now();
    });
    const route = routes[path.split("?")[0]!];
    if (route) route(response, request);
    else response.writeHead(404).end();
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export function answer(body: string | Uint8Array, headers: Record<string, string> = {}, status = 200): NewsRoute {
  return (response) => void response.writeHead(status, { "content-type": "text/xml; charset=utf-8", ...headers }).end(body);
}
