import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyRuntimeState } from "../../functions/local/care/objectCopy.ts";
import { requireSoundSqlite, snapshotSqlite } from "../../functions/local/care/snapshotSqlite.ts";
import { type SqldProcess, startSqld } from "../support/databases/sqldProcess.ts";

const SNAPSHOTS = 12;

/** In a thread of its own: transactions of two writes that have to agree, each told when it is done. */
const WRITER = `
  const { parentPort, workerData } = require("node:worker_threads");
  const step = (sql, args = []) => ({ stmt: { sql, args } });
  (async () => {
    for (let round = 0; ; round++) {
      const steps = [
        step("BEGIN IMMEDIATE"),
        step("INSERT INTO doubles VALUES (?)", [{ type: "float", value: Math.sin(round) / 3 }]),
        step("INSERT INTO store_facts VALUES ('rounds', '1') ON CONFLICT (key) DO UPDATE SET value = value + 1"),
        step("COMMIT"),
      ];
      const requests = [{ type: "batch", batch: { steps } }, { type: "close" }];
      await (await fetch(workerData, { method: "POST", body: JSON.stringify({ requests }) })).text();
      parentPort.postMessage(round);
    }
  })();
`;
let work = "";
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "fx-backup-"));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Does something again and again until it is stopped; returns how often. */
function again(what: (round: number) => Promise<unknown>): { stop(): Promise<number> } {
  let goes_on = true;
  const ended = (async () => {
    let round = 0;
    while (goes_on) await what(round++);
    return round;
  })();
  return {
    stop: () => {
      goes_on = false;
      return ended;
    },
  };
}

describe("a snapshot of the database while the server writes it", () => {
  let sqld: SqldProcess;
  beforeAll(async () => {
    sqld = await startSqld();
    await sqld.database.$client.execute("CREATE TABLE doubles (value REAL NOT NULL)");
  });
  afterAll(() => sqld.stop());

  it("is of one moment, whole, and served by another server with each double as it was", async () => {
    const writer = new Worker(WRITER, { eval: true, workerData: `${sqld.url}/v2/pipeline` });
    await once(writer, "message");
    const seen: number[] = [];
    for (let taken = 0; taken < SNAPSHOTS; taken++) {
      // The writer goes on by itself: a transaction more at least.
      await once(writer, "message");
      const copy = join(work, `snapshot-${taken}`);
      await snapshotSqlite(join(sqld.folder, "dbs/default/data"), copy);
      await requireSoundSqlite(copy, "integrity_check");
      const database = new DatabaseSync(copy, { readOnly: true });
      const row = database
        .prepare("SELECT (SELECT count(*) FROM doubles) AS doubles, (SELECT value FROM store_facts WHERE key = 'rounds') AS rounds")
        .get();
      database.close();
      expect(Number(row?.["rounds"] ?? 0)).toBe(row?.["doubles"]);
      seen.push(Number(row?.["doubles"]));
    }
    await writer.terminate();
    expect(seen.toSorted((a, b) => a - b)).toEqual(seen);
    expect(seen.at(-1)).toBeGreaterThan(seen[0]!);
    await expectServed(join(work, `snapshot-${SNAPSHOTS - 1}`), seen.at(-1)!);
  });

  async function expectServed(snapshot: string, rows: number): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), "fx-sqld-"));
    mkdirSync(join(folder, "dbs/default"), { recursive: true });
    cpSync(snapshot, join(folder, "dbs/default/data"));
    const other = await startSqld(folder);
    const found = await other.database.$client.execute("SELECT value FROM doubles ORDER BY rowid");
    await other.database.$client.execute("INSERT INTO doubles VALUES (1)");
    await other.stop();
    expect(found.rows.map((row) => row[0])).toEqual(Array.from({ length: rows }, (_, round) => Math.sin(round) / 3));
  }
});

describe("a copy of KV and of the lake while a Workers runtime writes them", () => {
  const open = (folder: string) =>
    new Miniflare(
      convertV4MiniflareOptions({
        modules: true,
        script: "export default { fetch() { return new Response(null, { status: 404 }); } };",
        compatibilityDate: "2026-01-01",
        r2Buckets: { LAKE: "lake" },
        kvNamespaces: { ONLINE: "online" },
        resourcePersistencePath: folder,
        cf: false,
      }),
    );

  it("has for each key a content that was put there, whole, and can be opened", async () => {
    const from = join(work, "state");
    const miniflare = open(from);
    const [lake, online] = [await miniflare.getR2Bucket("LAKE"), await miniflare.getKVNamespace("ONLINE")];
    const text = (round: number) => `${round}:${"x".repeat(20_000)}`;
    const writing = again(async (round) => {
      await lake.put(`objects/${round}`, text(round));
      await lake.put("replaced", text(round));
      await online.put("replaced", text(round));
    });
    await lake.put("replaced", text(0));
    await online.put("replaced", text(0));
    const counts: number[] = [];
    for (let taken = 0; taken < 5; taken++) {
      const to = join(work, `copy-${taken}`);
      const { objects } = await copyRuntimeState({ from: join(from, "r2"), to: join(to, "r2") });
      const values = await copyRuntimeState({ from: join(from, "kv"), to: join(to, "kv") });
      expect([values.objects.map(({ key }) => key), values.lost]).toEqual([["replaced"], []]);
      counts.push(objects.length);
    }
    await writing.stop();
    await miniflare.dispose();
    expect(counts.at(-1)).toBeGreaterThan(counts[0]!);
    const copy = open(join(work, "copy-4"));
    const bucket = await copy.getR2Bucket("LAKE");
    const keys = (await bucket.list()).objects.map(({ key }) => key);
    expect(keys.length).toBe(counts.at(-1));
    for (const key of keys) {
      const found = (await (await bucket.get(key))?.text()) ?? "";
      expect(found).toBe(text(Number(key.split("/")[1] ?? found.split(":")[0])));
    }
    const value = (await (await copy.getKVNamespace("ONLINE")).get("replaced")) ?? "";
    expect(value).toBe(text(Number(value.split(":")[0])));
    await copy.dispose();
  });
});
