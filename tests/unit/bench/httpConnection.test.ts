import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openConnection, prepareRequest } from "../../bench/load/httpConnection.ts";

let server: Server;
let url: string;
beforeEach(async () => {
  server = createServer((_request, response) => response.end("{}"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

it.each([
  ["has not heard of it yet", async () => undefined],
  ["has heard of it", () => new Promise((resolve) => setTimeout(resolve, 50))],
])("a connection of the load that its server has ended while it was idle is opened again, where it %s", async (_when, wait) => {
  const connection = await openConnection(prepareRequest("POST", url, "{}"));
  expect(await connection.send()).toBe(200);
  server.closeIdleConnections();
  await wait();
  expect(await connection.send()).toBe(200);
  connection.close();
});

it("one that ends before its first answer is a failure", async () => {
  server.removeAllListeners("request");
  server.on("request", (request) => request.socket.destroy());
  const connection = await openConnection(prepareRequest("POST", url, "{}"));
  await expect(connection.send()).rejects.toThrow("closed the connection in the middle of an answer");
});
