import { serve } from "@hono/node-server";
import type { TestApp } from "./testApp.ts";

/** An app of a test at an address of its own, for programs that ask by HTTP. */
export async function serveApp(app: Pick<TestApp, "fetch">, port = 0): Promise<{ readonly url: string; stop(): void }> {
  return new Promise((resolve) => {
    const server = serve({ fetch: (request) => app.fetch(request), hostname: "127.0.0.1", port }, (address) =>
      resolve({
        url: `http://127.0.0.1:${address.port}`,
        stop: () => {
          server.close();
          // A stream is never done.
          if ("closeAllConnections" in server) server.closeAllConnections();
        },
      }),
    );
  });
}
