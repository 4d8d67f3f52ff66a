import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import type { WorkerAddress } from "../client/askWorker.ts";
import { HOST } from "../processes/ports.ts";
import { createPageApp } from "./createPageApp.ts";

export interface ServedPage {
  readonly url: string;
  close(): void;
}

/** Serves MLflow's page on the loopback until it is closed. `port` must be free. */
export async function servePage(folder: string, address: WorkerAddress, port: number): Promise<ServedPage> {
  const server = createAdaptorServer({ fetch: createPageApp(folder, address).fetch }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, resolve);
  });
  return {
    url: `http://${HOST}:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
