import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PartPulse } from "../../../functions/local/processes/part.ts";
import { watchHealth } from "../../../functions/local/processes/watchHealth.ts";

/** Silence of a part that is whole lasts; that of one which has lost a process does not. */
const TERMS = { period_ms: 20, refused_for_ms: 5_000, silent_for_ms: 600_000, bereft_for_ms: 150 };
const WHOLE = new Set(["1", "2"]);

let server: Server;
let asked = 0;
let answer: (response: ServerResponse) => unknown;
let stop: () => void;
let pulse: PartPulse | undefined;
let members: ReadonlySet<string>;
let dead: string[];

beforeEach(async () => {
  asked = 0;
  answer = (response) => response.writeHead(503).end();
  members = WHOLE;
  dead = [];
  pulse = undefined;
  server = createServer((request, response) => {
    asked += 1;
    if (request.method === "GET" && pulse) response.end();
    else answer(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});

afterEach(() => {
  vi.useRealTimers();
  stop();
  server.closeAllConnections();
  server.close();
});

function watch(terms = TERMS): void {
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const health = { url: `${url}/health`, statuses: [200], ...(pulse ? { pulse: { ...pulse, url } } : {}) };
  stop = watchHealth(
    health,
    () => members,
    (reason) => void dead.push(reason),
    terms,
  );
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(5);
}

describe("watchHealth", () => {
  it("takes any answer for life, also when a process has ended meanwhile", async () => {
    // Time passes with the questions alone: a machine that stands still for a moment is no silence.
    vi.useFakeTimers({ toFake: ["Date"] });
    const pass = () => vi.setSystemTime(Date.now() + TERMS.bereft_for_ms / 2);
    answer = (response) => {
      pass();
      response.writeHead(503).end();
    };
    watch();
    pass();
    await until(() => asked > 2);
    members = new Set(["1", "3"]);
    await until(() => asked > 20 || dead.length > 0);
    expect(dead).toEqual([]);
  });

  it("finds one that holds requests back after the end of a process", async () => {
    watch();
    await until(() => asked > 2);
    answer = () => undefined;
    members = new Set(["1", "3"]);
    await until(() => dead.length > 0);
    expect(dead).toEqual([expect.stringMatching(/^has not answered for \d+ s \(a process of it has ended\)$/)]);
  });

  it("lets one that has all its processes be busy for longer", async () => {
    watch();
    await until(() => asked > 2);
    const held: ServerResponse[] = [];
    answer = (response) => held.push(response);
    await until(() => held.length > 0);
    await sleep(TERMS.bereft_for_ms * 3);
    members = new Set([...WHOLE, "3"]);
    answer = (response) => response.end();
    held[0]!.end();
    const before = asked;
    await until(() => asked > before + 2);
    expect(dead).toEqual([]);
  });

  it("gives up one that has its processes when its silence is too long, and one whose port is closed", async () => {
    answer = () => undefined;
    watch({ ...TERMS, silent_for_ms: 300 });
    await until(() => dead.length > 0);
    expect(dead[0]).toMatch(/^has not answered for \d+ s /);
    stop();
    server.closeAllConnections();
    const closed = once(server, "close");
    watch({ ...TERMS, refused_for_ms: 100 });
    server.close();
    await closed;
    await until(() => dead.length > 1);
    expect(dead[1]).toMatch(/ECONNREFUSED|socket|ECONNRESET/);
  });

  // A database that has lost its write slot reads on, and says that it is well.
  it("judges a part that has a pulse by that, and not by its health address", async () => {
    pulse = { url: "", headers: { authorization: "Bearer t" }, body: "{}", words: "it takes no write" };
    watch({ ...TERMS, silent_for_ms: 300 });
    await until(() => asked > 10);
    expect(dead).toEqual([]);
    answer = (response) => void response.writeHead(200).write("begun, and never ended");
    await until(() => dead.length > 0);
    expect(dead).toEqual([expect.stringMatching(/^has not answered for \d+ s \(it takes no write\)$/)]);
  });
});
