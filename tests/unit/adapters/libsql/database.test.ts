import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { createDatabase, withStore } from "../../../../functions/adapters/libsql/database.ts";

/** More than the 20 after which the client holds requests back unless told otherwise. */
const REQUESTS = 60;

it("asks at once, however much is asked: a request that waits for another would be sent in the other's I/O context", async () => {
  let arrived = 0;
  const server = createServer((request, response) => {
    // The client first asks which protocol is spoken, with a GET.
    if (request.method === "GET") return response.writeHead(200).end();
    arrived += 1;
    request.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const database = createDatabase(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const asked = Array.from({ length: REQUESTS }, () => database.$client.execute("SELECT 1").catch(() => "cut off"));
  for (let waited_ms = 0; arrived < REQUESTS && waited_ms < 5_000; waited_ms += 10) await sleep(10);
  expect(arrived).toBe(REQUESTS);
  server.closeAllConnections();
  expect(new Set(await Promise.all(asked))).toEqual(new Set(["cut off"]));
  await new Promise((resolve) => server.close(resolve));
});

/** A server that goes on being asked while `work` runs. */
async function withServer(listener: RequestListener, work: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const givenUp = (asked: string) => ({
  code: "store_unavailable",
  status: 503,
  retryable: true,
  message: `The database did not answer: its time is up, 0.1 s for ${asked}`,
});

it.each<[string, RequestListener]>([
  ["says nothing", (request) => void request.resume()],
  [
    "stops in the middle of an answer",
    (request, response) => {
      request.resume();
      response.writeHead(200, { "content-type": "application/json" }).write('{"baton": null, ');
    },
  ],
])("gives up a database that %s, whatever it was asked, and lets the caller try again", async (_name, listener) => {
  await withServer(listener, async (url) => {
    const { $client } = createDatabase(url, undefined, { limit_ms: 100 });
    await expect(withStore(() => $client.execute("SELECT 1"))).rejects.toMatchObject(givenUp("SELECT 1"));
    await expect(withStore(() => $client.batch(["SELECT 1", "SELECT 2"], "write"))).rejects.toMatchObject(givenUp("SELECT 1, and 1 more"));
    const update = "UPDATE task_instances\n  SET state = 'running', lease_token = ?, lease_until = ?, note = NULL WHERE dag_id = ?";
    await expect(withStore(() => $client.execute(update, [1, 2, 3]))).rejects.toMatchObject(
      givenUp("UPDATE task_instances SET state = 'running', lease_token = ?, lease_until = ?, n…"),
    );
  });
});
