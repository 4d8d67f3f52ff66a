import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, expect, it } from "vitest";
import { handOn } from "../../../functions/node/handOn.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function listening(answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void): Promise<number> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** A server in front of another one, and what it noted. */
async function inFrontOf(port: number) {
  const noted: string[] = [];
  const front = await listening((incoming, outgoing) =>
    handOn(incoming, outgoing, {
      host: "127.0.0.1",
      port,
      answered: () => noted.push("answered"),
      failed: () => {
        noted.push("failed");
        outgoing.writeHead(503).end();
      },
    }),
  );
  return { url: `http://127.0.0.1:${front}`, noted };
}

it("hands requests and answers on as they are: name, path, headers, status, and bodies of any length and coding", async () => {
  const seen: unknown[] = [];
  const packed = gzipSync("x".repeat(100_000));
  const whole = await listening(async (incoming, outgoing) => {
    const chunks = await incoming.toArray();
    seen.push({ method: incoming.method, url: incoming.url, headers: incoming.headers, length: Buffer.concat(chunks).length });
    outgoing.writeHead(207, { "Content-Encoding": "gzip", "X-Said": "é", "Set-Cookie": ["a=1", "b=2"] }).end(packed);
  });
  const { url, noted } = await inFrontOf(whole);
  const stream = new Blob(["y".repeat(300_000)]).stream();
  const answer = await fetch(`${url}/a%20b?c=%2F&c`, {
    method: "PUT",
    body: stream,
    headers: { "x-own": "1" },
    duplex: "half",
  } as RequestInit);
  expect([answer.status, await answer.text(), answer.headers.getSetCookie()]).toEqual([207, "x".repeat(100_000), ["a=1", "b=2"]]);
  const host = new URL(url).host;
  expect(seen).toMatchObject([{ method: "PUT", url: "/a%20b?c=%2F&c", headers: { host, "x-own": "1" }, length: 300_000 }]);
  const head = await fetch(url, { method: "HEAD" });
  expect([head.status, head.headers.get("x-said"), noted]).toEqual([207, "é", ["answered", "answered"]]);
});

it("says when nobody is there", async () => {
  const gone = await listening(() => undefined);
  servers.pop()!.close();
  const { url, noted } = await inFrontOf(gone);
  expect([(await fetch(url)).status, noted]).toEqual([503, ["answered", "failed"]]);
});

it("asks once more where a kept connection was closed in that moment, but never twice for what must not be done twice", async () => {
  const asked: string[] = [];
  let is_closing = false;
  const whole = await listening((incoming, outgoing) => {
    asked.push(incoming.method!);
    if (!is_closing) return void outgoing.end("answered");
    is_closing = false;
    incoming.socket.resetAndDestroy();
  });
  const { url, noted } = await inFrontOf(whole);
  for (const [method, body, status] of [
    ["GET", undefined, 200],
    ["POST", undefined, 503],
    ["PUT", "x", 503],
  ] as const) {
    expect(await (await fetch(url)).text()).toBe("answered");
    asked.length = 0;
    is_closing = true;
    expect((await fetch(url, { method, ...(body ? { body } : {}) })).status).toBe(status);
    expect(asked).toEqual(status === 200 ? [method, method] : [method]);
  }
  expect(noted.filter((what) => what === "failed")).toHaveLength(2);
});

it("closes a kept connection before the whole Worker does", async () => {
  const ports = new Set<number>();
  const closed = Promise.withResolvers<number>();
  const whole = await listening((incoming, outgoing) => {
    ports.add(incoming.socket.remotePort!);
    const ended_at = Date.now();
    incoming.socket.once("end", () => closed.resolve(Date.now() - ended_at));
    outgoing.end();
  });
  // As workerd: no Keep-Alive header tells how long, and it is 5 s.
  servers.at(-1)!.keepAliveTimeout = 60_000;
  const { url } = await inFrontOf(whole);
  for (let times = 0; times < 2; times++) await (await fetch(url)).text();
  expect(ports.size).toBe(1);
  expect(await closed.promise).toBeGreaterThan(1_000);
});

it("takes a client that leaves for no failure, and forgets what was kept", async () => {
  const [arrived, left] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const whole = await listening((incoming) => {
    arrived.resolve();
    incoming.socket.once("close", () => left.resolve());
  });
  const { url, noted } = await inFrontOf(whole);
  const leaving = new AbortController();
  const answer = fetch(url, { method: "POST", body: "{}", signal: leaving.signal }).catch((error: Error) => error.name);
  await arrived.promise;
  leaving.abort();
  expect(await answer).toBe("AbortError");
  await left.promise;
  await expect.poll(() => noted).toEqual(["answered"]);
});
