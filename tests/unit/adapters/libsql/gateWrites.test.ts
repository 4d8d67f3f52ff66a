import { execSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient, type InStatement } from "@libsql/client/web";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDatabase, type Database } from "../../../../functions/adapters/libsql/database.ts";
import { isRead } from "../../../../functions/adapters/libsql/isRead.ts";
import { storeFacts } from "../../../../functions/adapters/libsql/schema/market.ts";

interface Step {
  readonly type: string;
  readonly sql?: string;
  readonly batch?: { readonly steps: readonly unknown[] };
}

/** Speaks as much of Hrana as the client asks, answers when the test lets it, and keeps how many requests were with it at once. */
let server: Server;
let database: Database;
let under_way: number;
let most: number;
let answered: number;
let release: () => void;
let held: Promise<void>;

function hold(): void {
  held = new Promise((resolve) => {
    release = resolve;
  });
}

const EMPTY = { cols: [], rows: [], affected_row_count: 0, last_insert_rowid: null };

function answerTo({ type, batch }: Step) {
  if (type === "execute") return { type, result: EMPTY };
  if (type !== "batch") return { type };
  const steps = batch?.steps ?? [];
  return { type, result: { step_results: steps.map(() => EMPTY), step_errors: steps.map(() => null) } };
}

beforeEach(async () => {
  [under_way, most, answered, release] = [0, 0, 0, () => undefined];
  held = Promise.resolve();
  server = createServer(async (request, response) => {
    most = Math.max(most, ++under_way);
    const { requests } = JSON.parse(Buffer.concat(await request.toArray()).toString()) as { requests: readonly Step[] };
    await held;
    await sleep(2);
    under_way--;
    answered++;
    const results = requests.map((step) => ({ type: "ok", response: answerTo(step) }));
    response.setHeader("content-type", "application/json").end(JSON.stringify({ baton: null, base_url: null, results }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  database = createDatabase(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

afterEach(async () => {
  release();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const INSERT = "INSERT INTO t VALUES (1)";
const row = { key: "k", value: "v" };

const WRITES: readonly (readonly [name: string, write: () => Promise<unknown>])[] = [
  ["execute", () => database.$client.execute(INSERT)],
  ["execute with arguments", () => database.$client.execute("UPDATE t SET a = ?", [1])],
  ["execute of an object", () => database.$client.execute({ sql: "DELETE FROM t WHERE a = ?", args: [1] })],
  ["a common table that is written from", () => database.$client.execute("WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a")],
  ["batch", () => database.$client.batch([INSERT, "SELECT 1"], "write")],
  ["batch without a mode", () => database.$client.batch(["SELECT 1", INSERT])],
  ["batch of pairs", () => database.$client.batch([["SELECT ?", [1]], [INSERT]], "deferred")],
  ["migrate", () => database.$client.migrate([INSERT])],
  ["executeMultiple", () => database.$client.executeMultiple(`${INSERT}; ${INSERT}`)],
  ["drizzle's insert", () => database.insert(storeFacts).values(row)],
  ["drizzle's update", () => database.update(storeFacts).set(row).where(eq(storeFacts.key, "k"))],
  ["drizzle's delete", () => database.delete(storeFacts)],
  ["drizzle's run", () => database.run(sql.raw(INSERT)).then()],
  ["drizzle's batch", () => database.batch([database.select().from(storeFacts), database.insert(storeFacts).values(row)])],
];

const READS: readonly (readonly [name: string, read: () => Promise<unknown>])[] = [
  ["execute", () => database.$client.execute({ sql: "SELECT 1", args: [] })],
  ["a common table", () => database.$client.execute("  -- why\n WITH a AS (SELECT 1) SELECT * FROM a")],
  ["batch", () => database.$client.batch([INSERT], "read")],
  ["batch without a mode", () => database.$client.batch(["SELECT 1", "VALUES (1)"])],
  ["drizzle's select", () => database.select().from(storeFacts).execute()],
  ["drizzle's batch", () => database.batch([database.select().from(storeFacts)])],
];

describe("writes of one client", () => {
  it.each(WRITES)("by %s are with the server one at a time", async (_name, write) => {
    await Promise.all([write(), database.$client.execute(INSERT), write()]);
    expect([most, answered]).toEqual([1, 3]);
  });

  it("are so whatever they are mixed with", async () => {
    await Promise.all([...WRITES, ...WRITES].map(([, write]) => write()));
    expect([most, answered]).toEqual([1, WRITES.length * 2]);
  });

  it.each(READS)("hold no read by %s up", async (_name, read) => {
    hold();
    const asked = [database.$client.execute(INSERT), database.$client.execute(INSERT), read(), read(), read()];
    while (under_way < 4) await sleep(1);
    release();
    await Promise.all(asked);
    expect([most, answered]).toEqual([4, 5]);
  });

  it("are no transactions of several round trips", async () => {
    await expect(database.$client.transaction("write")).rejects.toThrow(/send a batch/);
    await expect(database.transaction(async () => undefined)).rejects.toThrow(/send a batch/);
  });
});

describe("no way around the gate", () => {
  it("is left by the client: every method of it is known here", () => {
    const client = createClient({ url: "http://127.0.0.1:1" });
    const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(client)).sort();
    const [gated, harmless] = [
      ["batch", "execute", "executeMultiple", "migrate", "transaction"],
      ["close", "closed", "constructor", "limit", "reconnect", "sync"],
    ];
    expect(methods).toEqual([...gated, ...harmless].sort());
    const own = Object.getOwnPropertyNames(database.$client).sort();
    expect(own).toEqual(expect.arrayContaining(gated));
    client.close();
  });

  it("is made by another client: there is one place that makes any", () => {
    const files = execSync("git ls-files --cached --others --exclude-standard -- functions gpu-sidecar cron-triggers data", {
      encoding: "utf8",
    });
    const makers = files
      .split("\n")
      .filter((file) => file.endsWith(".ts") && /\bcreateClient\b|from "libsql"/.test(readFileSync(file, "utf8")));
    expect(makers).toEqual(["functions/adapters/libsql/database.ts"]);
  });
});

it("takes what is not surely a read for a write", () => {
  const cases: readonly (readonly [InStatement & string, boolean])[] = [
    ["select 1", true],
    ["\n  SELECT 1", true],
    ["/* a */ -- b\n VALUES (1)", true],
    ["EXPLAIN QUERY PLAN DELETE FROM t", true],
    ["WITH a AS (SELECT 1) SELECT * FROM a", true],
    ["WITH a AS (SELECT 1) DELETE FROM t", false],
    ["WITH a AS (SELECT replace('a', 'b', 'c')) SELECT 1", false],
    ["UPDATE t SET a = 1 RETURNING a", false],
    ["REPLACE INTO t VALUES (1)", false],
    ["PRAGMA user_version = 3", false],
    ["CREATE TABLE t (a)", false],
    ["SELECTED", false],
    ["-- SELECT 1\nDROP TABLE t", false],
    ["", false],
  ];
  expect(cases.map(([text]) => [text, isRead(text)])).toEqual(cases);
});
