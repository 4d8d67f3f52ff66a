import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Listening, listen } from "../../../gpu-sidecar/listen.ts";
import { NODE_SERVER_LIMITS } from "../../../shared/contracts/limits/nodeServerLimits.ts";

/** As the sidecar has them, in a hundredth of the time. */
const LIMITS = {
  ...NODE_SERVER_LIMITS,
  headersTimeout: 150,
  requestTimeout: 400,
  connectionsCheckingInterval: 50,
  keepAliveTimeout: 100,
  maxConnections: 20,
};

let server: Listening;
beforeAll(async () => {
  server = await listen(async (request) => new Response(`${(await request.text()).length}`), 0, "127.0.0.1", LIMITS);
});
afterAll(() => server.close());

async function open(text: string): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  await once(socket, "connect");
  socket.on("error", () => undefined);
  if (text !== "") socket.write(text);
  return socket;
}

/** All that comes until the server ends the connection. */
async function untilClosed(socket: Socket): Promise<string> {
  let came = "";
  socket.on("data", (piece) => {
    came += String(piece);
  });
  // Not by once(): it takes a reset for a failure of its own.
  await new Promise((resolve) => socket.once("close", resolve));
  return came;
}

const REQUEST = "POST / HTTP/1.1\r\nHost: localhost\r\n";

describe("the sidecar's server", () => {
  it.each([
    ["that says nothing", "", /^(HTTP\/1\.1 408 |$)/],
    ["whose headers do not end", `${REQUEST}X-A: `, /^HTTP\/1\.1 408 /],
    ["whose body does not come", `${REQUEST}Content-Length: 10\r\n\r\nabc`, /^HTTP\/1\.1 408 /],
    ["on which nothing more is asked", `${REQUEST}Content-Length: 3\r\n\r\nabc`, /^HTTP\/1\.1 200 /],
    ["with too many headers", `${REQUEST}X-A: ${"a".repeat(33_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
  ])("ends a connection %s", async (_what, text, answer) => expect(await untilClosed(await open(text))).toMatch(answer));

  it("takes so many connections and no more, and goes on when they are gone", async () => {
    const held = await Promise.all(Array.from({ length: LIMITS.maxConnections }, () => open("")));
    expect(await untilClosed(await open(REQUEST))).toBe("");
    await Promise.all(held.map(untilClosed));
    expect(await (await fetch(server.url, { method: "POST", body: "abcd" })).text()).toBe("4");
  });

  it("gives a client that drips as long as any other, and not longer", async () => {
    const socket = await open(REQUEST);
    const drip = setInterval(() => socket.write("X-A: 1\r\n"), 30);
    try {
      expect(await untilClosed(socket)).toMatch(/^HTTP\/1\.1 408 /);
    } finally {
      clearInterval(drip);
    }
  });
});
