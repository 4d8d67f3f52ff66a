import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { createBackup } from "../../../../functions/local/care/createBackup.ts";
import { databaseFile, knownMigrations } from "../../../../functions/local/care/storeSchema.ts";
import { verifyBackup } from "../../../../functions/local/care/verifyBackup.ts";
import { inboxFolder } from "../../../../functions/local/journal/inboxFolder.ts";
import { openJournal } from "../../../../functions/local/journal/openJournal.ts";
import { decodePredictions, encodePredictions } from "../../../../shared/contracts/predictionBatch.ts";
import { BACKUP_AT, useBackupGround } from "../../../support/care/backupGround.ts";
import { contentsOf, putObject, ROOT } from "../../../support/care/storeFixture.ts";
import { predictionRecord } from "../../../support/models/predictionRecord.ts";

const ground = useBackupGround();
const { backup, restore, partials } = ground;

describe("a backup", () => {
  it("holds all that a store keeps, and comes back as it was, file for file", async () => {
    const manifest = await backup();
    expect(manifest).toMatchObject({ market: "sandbox", created_at: "2026-11-30T12:00:00Z", notes: [] });
    expect(manifest.schema).toEqual({ newest: knownMigrations(ROOT).at(-1)?.tag, migrations: knownMigrations(ROOT).length });
    await restore(ground.restored);
    expect(contentsOf(ground.restored)).toEqual(contentsOf(join(ground.kept, "store")));
    expect(Object.keys(contentsOf(ground.restored)).filter((path) => !path.startsWith("worker"))).toEqual([
      "journal/00000001.journal",
      "keys.json",
      "libsql/dbs/default/data",
      "sidecar-2/jobs/j1/job.json",
      "sidecar/jobs/j1/job.json",
      "store.json",
    ]);
    const [lake] = readdirSync(join(ground.restored, "worker/v3/r2/bucket/blobs"));
    expect(readFileSync(join(ground.restored, "worker/v3/r2/bucket/blobs", lake!), "utf8")).toBe("candles");
    expect(await verifyBackup(ROOT, ground.kept)).toEqual(manifest);
    expect(statSync(ground.kept).mode & 0o077).toBe(0);
    expect(partials()).toEqual([]);
  });

  it("has the predictions that were answered and not logged yet: of the journal, and of the inbox before it", async () => {
    const inbox = inboxFolder(ground.store);
    if (inbox !== null) writeFileSync(join(inbox, "1"), encodePredictions([predictionRecord("just now", { features: [3] })]));
    await backup();
    if (inbox !== null) rmSync(inbox, { recursive: true });
    await restore(ground.restored);
    const journal = openJournal({ folder: join(ground.restored, "journal"), sync: false, say: () => undefined });
    const ids = journal.peek(1e6).flatMap((batch) => decodePredictions(batch).map(({ prediction_id }) => prediction_id));
    journal.close();
    expect(ids).toEqual(inbox === null ? ["waits"] : ["just now", "waits"]);
  });

  it("has what a killed server left in its log, and leaves the store as it is", async () => {
    // A writer that ends without closing: its log is not moved into the database.
    const script = `const { DatabaseSync } = require("node:sqlite"); const d = new DatabaseSync(process.argv[1]);
      d.exec("PRAGMA journal_mode = WAL; INSERT INTO store_facts VALUES ('late', 'x')"); process.kill(process.pid, "SIGKILL");`;
    expect(() => execFileSync(process.execPath, ["-e", script, databaseFile(ground.store)], { stdio: "ignore" })).toThrow(/SIGKILL/);
    const before = contentsOf(ground.store);
    expect(statSync(`${databaseFile(ground.store)}-wal`).size).toBeGreaterThan(0);
    await backup();
    expect(ground.factOf("late")).toBe("x");
    const after = contentsOf(ground.store);
    for (const path of Object.keys(before).filter((name) => !name.endsWith("-shm"))) expect(after[path] === before[path], path).toBe(true);
  });

  it("says which objects the store's own lake lacks", async () => {
    const database = new DatabaseSync(databaseFile(ground.store));
    database.exec("UPDATE bronze_objects SET key = 'bronze/gone'");
    database.close();
    expect((await backup()).notes).toEqual(["The lake of the store itself lacks bronze/gone, which its database names."]);
  });

  it("goes without a content that the store itself has lost", async () => {
    for (const name of readdirSync(join(ground.store, "worker/v3/r2/bucket/blobs")))
      rmSync(join(ground.store, "worker/v3/r2/bucket/blobs", name));
    expect((await backup()).notes).toEqual(["The lake of the store itself lacks bronze/a, which its database names."]);
  });

  it("says which online values, and which objects that no row names, the store itself has no content for", async () => {
    for (const pair of ["AUD_USD", "EUR_USD"]) rmSync(putObject(ground.store, "kv", `online:${pair}`, "gone"));
    rmSync(putObject(ground.store, "r2", "models/a/notes.txt", "gone"));
    expect((await backup()).notes).toEqual([
      "The online store itself has no content for 2 keys (online:AUD_USD, for example).",
      "The lake of the store itself has no content for models/a/notes.txt.",
    ]);
  });

  it("leaves out what was replaced, also where its file is still there", async () => {
    putObject(ground.store, "kv", "online:USD_SGD", '{"newer":1}');
    await backup();
    expect(ground.onlineContents()).toEqual(['{"newer":1}']);
  });

  it("is made in a folder of its own, of a store alone", async () => {
    await backup();
    await expect(backup()).rejects.toThrow(/is not empty \(manifest\.json, for example\): name one that is not there yet/);
    await expect(backup(join(ground.store, "own"))).rejects.toThrow(/lies in the store itself/);
    writeFileSync(join(ground.work, "file"), "");
    await expect(backup(join(ground.work, "file"))).rejects.toThrow(/is a file, and not a folder/);
    const none = createBackup({ root: ROOT, store_folder: ground.work, folder: join(ground.work, "none"), now: BACKUP_AT });
    await expect(none).rejects.toThrow(/is no store/);
    expect(existsSync(join(ground.work, "none"))).toBe(false);
  });

  it("that was killed leaves nothing that looks like one, and the next removes what it left", async () => {
    const dead = Number(execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }));
    const left = `${ground.kept}.${dead}.partial`;
    mkdirSync(join(left, "store"), { recursive: true });
    await expect(verifyBackup(ROOT, left)).rejects.toThrow(/is no backup: it has no manifest\.json/);
    await backup();
    expect(partials()).toEqual([]);
  });
});
