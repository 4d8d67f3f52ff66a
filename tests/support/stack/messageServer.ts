import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** A real server on a port of its own that takes messages: /ok takes them, /STATUS answers with that, and /never with nothing at all. */
export async function startMessageServer() {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? "";
    received.push({ path, headers: request.headers, body: JSON.parse(await text(request)) });
    if (path === "/never") return;
    const status = Number(path.slice(1));
    response.writeHead(Number.isNaN(status) ? 200 : status, path === "/302" ? { location: "/ok" } : {});
    response.end(Number.isNaN(status) ? "ok" : "no_service");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url, received, stop };
}
