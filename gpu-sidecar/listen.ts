import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { NODE_SERVER_LIMITS, type NodeServerLimits } from "../shared/contracts/limits/nodeServerLimits.ts";
import { AppError } from "../shared/errors.ts";

export interface Listening {
  readonly url: string;
  readonly close: () => void;
}

type Fetch = (request: Request) => Response | Promise<Response>;

/** The Worker and a supervisor ask it: more connections than they open are closed as they come. */
const LIMITS: NodeServerLimits & { readonly maxConnections: number } = { ...NODE_SERVER_LIMITS, maxConnections: 1_000 };

/** Binds the port, or throws one sentence about why it cannot. Port 0 takes a free one. */
export function listen(fetch: Fetch, port: number, host: string, limits = LIMITS): Promise<Listening> {
  const { maxConnections, ...serverOptions } = limits;
  const server = createAdaptorServer({ fetch, serverOptions }) as Server;
  server.maxConnections = maxConnections;
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(bindError(error, port, host)));
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo;
      const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
      resolve({ url: `http://${name}:${address.port}`, close: () => closeAll(server) });
    });
  });
}

function closeAll(server: Server): void {
  server.close();
  server.closeAllConnections();
}

function bindError(error: NodeJS.ErrnoException, port: number, host: string): AppError {
  if (error.code === "EADDRINUSE") {
    const message = `port ${port} on ${host} is taken by another process: stop it, or set SIDECAR_PORT to a free port`;
    return new AppError("port_in_use", message, { cause: error });
  }
  return new AppError(
    "port_in_use",
    `the sidecar cannot listen on ${host}:${port} (${error.message}): check SIDECAR_HOST and SIDECAR_PORT`,
    { cause: error },
  );
}
