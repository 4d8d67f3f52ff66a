import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MANIFEST_FILE, readManifest } from "../../../../functions/local/care/backupManifest.ts";
import { createBackup } from "../../../../functions/local/care/createBackup.ts";
import { restoreBackup } from "../../../../functions/local/care/restoreBackup.ts";
import { appliedMigrations, databaseFile, knownMigrations, refuseNewerStore } from "../../../../functions/local/care/storeSchema.ts";
import { verifyBackup } from "../../../../functions/local/care/verifyBackup.ts";
import { backupCommand, backupVerifyCommand } from "../../../../functions/local/commands/backup.ts";
import type { Command, CommandArguments, CommandContext } from "../../../../functions/local/commands/command.ts";
import { restoreCommand } from "../../../../functions/local/commands/restore.ts";
import { inboxFolder } from "../../../../functions/local/journal/inboxFolder.ts";
import { openJournal } from "../../../../functions/local/journal/openJournal.ts";
import { decodePredictions, encodePredictions } from "../../../../shared/contracts/predictionBatch.ts";
import { sha256Hex } from "../../../../shared/domain/hash.ts";
import { contentsOf, makeStore, putObject, ROOT } from "../../../support/care/storeFixture.ts";
import { predictionRecord } from "../../../support/models/predictionRecord.ts";

const NOW = Date.UTC(2026, 10, 30, 12);
let work = "";
let pristine = "";
let store = "";
let kept = "";
let number = 0;
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), "fx-care-"));
  pristine = await makeStore(join(work, "pristine"));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));
beforeEach(() => {
  store = join(work, `store-${++number}`);
  kept = join(work, `backup-${number}`);
  execFileSync("cp", ["-r", pristine, store]);
});

const backup = (folder = kept) => createBackup({ root: ROOT, store_folder: store, folder, now: NOW });
const restore = (to = join(work, `restored-${number}`)) => restoreBackup({ root: ROOT, folder: kept, store_folder: to });
const partials = () => readdirSync(work).filter((name) => name.endsWith(".partial"));
const content = (path: string) => join(kept, "store", path);

describe("a backup", () => {
  it("holds all that a store keeps, and comes back as it was, file for file", async () => {
    const manifest = await backup();
    expect(manifest).toMatchObject({ market: "sandbox", created_at: "2026-11-30T12:00:00Z", notes: [] });
    expect(manifest.schema).toEqual({ newest: knownMigrations(ROOT).at(-1)?.tag, migrations: knownMigrations(ROOT).length });
    const restored = join(work, `restored-${number}`);
    await restore(restored);
    expect(contentsOf(restored)).toEqual(contentsOf(join(kept, "store")));
    expect(Object.keys(contentsOf(restored)).filter((path) => !path.startsWith("worker"))).toEqual([
      "journal/00000001.journal",
      "keys.json",
      "libsql/dbs/default/data",
      "sidecar-2/jobs/j1/job.json",
      "sidecar/jobs/j1/job.json",
      "store.json",
    ]);
    const [lake] = readdirSync(join(restored, "worker/v3/r2/bucket/blobs"));
    expect(readFileSync(join(restored, "worker/v3/r2/bucket/blobs", lake!), "utf8")).toBe("candles");
    expect(await verifyBackup(ROOT, kept)).toEqual(manifest);
    expect(statSync(kept).mode & 0o077).toBe(0);
    expect(partials()).toEqual([]);
  });

  it("has the predictions that were answered and not logged yet: of the journal, and of the inbox before it", async () => {
    const inbox = inboxFolder(store);
    if (inbox !== null) writeFileSync(join(inbox, "1"), encodePredictions([predictionRecord("just now", { features: [3] })]));
    await backup();
    if (inbox !== null) rmSync(inbox, { recursive: true });
    const restored = join(work, `restored-${number}`);
    await restore(restored);
    const journal = openJournal({ folder: join(restored, "journal"), sync: false, say: () => undefined });
    const ids = journal.peek(1e6).flatMap((batch) => decodePredictions(batch).map(({ prediction_id }) => prediction_id));
    journal.close();
    expect(ids).toEqual(inbox === null ? ["waits"] : ["just now", "waits"]);
  });

  it("has what a killed server left in its log, and leaves the store as it is", async () => {
    // A writer that ends without closing: its log is not moved into the database.
    const script = `const { DatabaseSync } = require("node:sqlite"); const d = new DatabaseSync(process.argv[1]);
      d.exec("PRAGMA journal_mode = WAL; INSERT INTO store_facts VALUES ('late', 'x')"); process.kill(process.pid, "SIGKILL");`;
    expect(() => execFileSync(process.execPath, ["-e", script, databaseFile(store)], { stdio: "ignore" })).toThrow(/SIGKILL/);
    const before = contentsOf(store);
    expect(statSync(`${databaseFile(store)}-wal`).size).toBeGreaterThan(0);
    await backup();
    const copy = new DatabaseSync(databaseFile(join(kept, "store")), { readOnly: true });
    expect(copy.prepare("SELECT value FROM store_facts WHERE key = 'late'").get()).toEqual({ value: "x" });
    copy.close();
    const after = contentsOf(store);
    for (const path of Object.keys(before).filter((name) => !name.endsWith("-shm"))) expect(after[path] === before[path], path).toBe(true);
  });

  it("says which objects the store's own lake lacks", async () => {
    const database = new DatabaseSync(databaseFile(store));
    database.exec("UPDATE bronze_objects SET key = 'bronze/gone'");
    database.close();
    expect((await backup()).notes).toEqual(["The lake of the store itself lacks bronze/gone, which its database names."]);
  });

  it("goes without a content that the store itself has lost", async () => {
    for (const name of readdirSync(join(store, "worker/v3/r2/bucket/blobs"))) rmSync(join(store, "worker/v3/r2/bucket/blobs", name));
    expect((await backup()).notes).toEqual(["The lake of the store itself lacks bronze/a, which its database names."]);
  });

  it("says which online values, and which objects that no row names, the store itself has no content for", async () => {
    for (const pair of ["AUD_USD", "EUR_USD"]) rmSync(putObject(store, "kv", `online:${pair}`, "gone"));
    rmSync(putObject(store, "r2", "models/a/notes.txt", "gone"));
    expect((await backup()).notes).toEqual([
      "The online store itself has no content for 2 keys (online:AUD_USD, for example).",
      "The lake of the store itself has no content for models/a/notes.txt.",
    ]);
  });

  it("leaves out what was replaced, also where its file is still there", async () => {
    putObject(store, "kv", "online:USD_SGD", '{"newer":1}');
    await backup();
    const blobs = readdirSync(content("worker/v3/kv/bucket/blobs"));
    expect(blobs.map((name) => readFileSync(content(`worker/v3/kv/bucket/blobs/${name}`), "utf8"))).toEqual(['{"newer":1}']);
  });

  it("is made in a folder of its own, of a store alone", async () => {
    await backup();
    await expect(backup()).rejects.toThrow(/is not empty \(manifest\.json, for example\): name one that is not there yet/);
    await expect(backup(join(store, "own"))).rejects.toThrow(/lies in the store itself/);
    writeFileSync(join(work, "file"), "");
    await expect(backup(join(work, "file"))).rejects.toThrow(/is a file, and not a folder/);
    const none = createBackup({ root: ROOT, store_folder: work, folder: join(work, "none"), now: NOW });
    await expect(none).rejects.toThrow(/is no store/);
    expect(existsSync(join(work, "none"))).toBe(false);
  });

  it("takes the online features again where they changed before the database was copied", async () => {
    // A content that nobody has written yet holds the copy of the online store up: what is written meanwhile comes after its keys were read.
    const held = putObject(store, "kv", "online:EUR_USD", "held");
    rmSync(held);
    execFileSync("mkfifo", [held]);
    let is_over = false;
    const feeding = (async () => {
      for (let reads = 0; !is_over; reads++) {
        const file = await open(held, "w");
        if (reads === 0) {
          writeFact("round", 1);
          putObject(store, "kv", "online:USD_SGD", "round 1");
        }
        await file.write("held");
        await file.close();
        // Whoever reads it comes to its end only while nobody has it open for writing.
        await sleep(50);
      }
    })();
    await backup();
    is_over = true;
    const last_reader = await open(held, constants.O_RDONLY | constants.O_NONBLOCK);
    await feeding;
    await last_reader.close();
    const copy = new DatabaseSync(databaseFile(join(kept, "store")), { readOnly: true });
    expect(copy.prepare("SELECT value FROM store_facts WHERE key = 'round'").get()).toEqual({ value: "1" });
    copy.close();
    const blobs = readdirSync(content("worker/v3/kv/bucket/blobs"));
    expect(blobs.map((name) => readFileSync(content(`worker/v3/kv/bucket/blobs/${name}`), "utf8")).sort()).toEqual(["held", "round 1"]);
  });

  it("says so where the online features changed at every look: it has those of just before the database", async () => {
    const moving = movingValue(store, "online:EUR_USD", (round) => writeFact("round", round));
    const said = await says(backupCommand, { values: { store }, positionals: [kept] });
    await moving.stop();
    const note = /^Online values changed at each of 10 looks while the database was copied: those in this backup are of just before it\./m;
    expect(said).toMatch(note);
    expect((await verifyBackup(ROOT, kept)).notes).toEqual([expect.stringMatching(note)]);
    const [round] = readdirSync(content("worker/v3/kv/bucket/blobs"))
      .map((name) => /^round (\d+)$/.exec(readFileSync(content(`worker/v3/kv/bucket/blobs/${name}`), "utf8"))?.[1])
      .filter((found) => found !== undefined);
    const copy = new DatabaseSync(databaseFile(join(kept, "store")), { readOnly: true });
    expect(copy.prepare("SELECT value FROM store_facts WHERE key = 'round'").get()).toEqual({ value: String(Number(round) + 1) });
    copy.close();
    // Whoever looks at it later, or brings it back, is told as well.
    expect(await says(backupVerifyCommand, { values: {}, positionals: [kept] })).toMatch(note);
    const restored = join(work, `restored-${number}`);
    expect(await says(restoreCommand, { values: { store: restored }, positionals: [kept] })).toMatch(note);
  });

  it("that was killed leaves nothing that looks like one, and the next removes what it left", async () => {
    const dead = Number(execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }));
    const left = `${kept}.${dead}.partial`;
    mkdirSync(join(left, "store"), { recursive: true });
    await expect(verifyBackup(ROOT, left)).rejects.toThrow(/is no backup: it has no manifest\.json/);
    await backup();
    expect(partials()).toEqual([]);
  });
});

describe("a backup that is not as it was written", () => {
  const refusals: readonly (readonly [string, () => void, RegExp])[] = [
    [
      "a changed file",
      () => appendFileSync(content("sidecar/jobs/j1/job.json"), " "),
      /job\.json is not as it was written: this backup is damaged/,
    ],
    ["a missing file", () => rmSync(content("keys.json")), /keys\.json is missing: this backup is damaged/],
    ["a file too many", () => writeFileSync(content("more"), ""), /more is not in the backup's manifest/],
    [
      "a changed manifest",
      () => edit((text) => text.replace('"market": "sandbox"', '"market": "real"')),
      /manifest\.json is not as it was written/,
    ],
    ["a manifest that is cut off", () => edit((text) => text.slice(0, 100)), /manifest\.json is not the manifest of a backup/],
  ];

  it.each(refusals)("%s: a sentence, and nothing is put anywhere", async (_name, damage, expected) => {
    await backup();
    damage();
    await expect(verifyBackup(ROOT, kept)).rejects.toThrow(expected);
    await expect(restore()).rejects.toThrow(expected);
    expect([existsSync(join(work, `restored-${number}`)), partials()]).toEqual([false, []]);
  });

  it("one of a newer version says so, by its format or by its schema", async () => {
    await backup();
    seal((manifest) => ({ ...manifest, format_version: 2, more: true }));
    await expect(restore()).rejects.toThrow(/is of a newer version of fx-medallion \(format 2, and this one reads 1\)/);
    rmSync(kept, { recursive: true });
    await backup();
    addMigration(databaseFile(join(kept, "store")));
    const bytes = readFileSync(databaseFile(join(kept, "store")));
    const entry = { path: "libsql/dbs/default/data", bytes: bytes.length, sha256: sha256Hex(bytes) };
    seal((manifest) => ({ ...manifest, files: manifest.files.map((file) => (file.path === entry.path ? entry : file)) }));
    await expect(restore()).rejects.toThrow(/was written by a newer version of fx-medallion \(one migration that this one does not know/);
    expect([existsSync(join(work, `restored-${number}`)), partials()]).toEqual([false, []]);
  });

  it("a folder that holds something is not restored into", async () => {
    await backup();
    await expect(restore(store)).rejects.toThrow(/is not empty/);
    const empty = join(work, "empty");
    mkdirSync(empty);
    await restore(empty);
    expect(existsSync(join(empty, "store.json"))).toBe(true);
    await expect(restoreBackup({ root: ROOT, folder: store, store_folder: join(work, "none") })).rejects.toThrow(/is no backup/);
  });
});

describe.skipIf(!mountTiny(false))("a disk that is full", () => {
  const tiny = () => join(work, "tiny");
  beforeAll(() => {
    mkdirSync(tiny());
    mountTiny(tiny());
  });
  afterAll(() => execFileSync("umount", [tiny()]));

  it("takes no backup and no store: a sentence with the remedy, and nothing half done", async () => {
    await expect(backup(join(tiny(), "backup"))).rejects.toThrow(
      /tiny cannot be written to \(ENOSPC\): its disk is full: free space there/,
    );
    await backup();
    await expect(restore(join(tiny(), "store"))).rejects.toThrow(
      /The backup has 1 MB, and the disk of .*tiny has 1 MB left: free space there/,
    );
    expect(readdirSync(tiny())).toEqual([]);
  });
});

/** A disk of 128 KiB: root may mount one, others skip what needs it. False asks whether one can. */
function mountTiny(folder: string | false): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  const on = folder === false ? mkdtempSync(join(tmpdir(), "fx-tiny-")) : folder;
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=128k", "tmpfs", on], { stdio: "ignore" });
    if (folder === false) execFileSync("umount", [on]);
    return true;
  } catch {
    return false;
  } finally {
    if (folder === false) rmSync(on, { recursive: true });
  }
}

describe("a store of a newer version", () => {
  it("is refused before anything is touched, with what to do", async () => {
    await refuseNewerStore(ROOT, store);
    addMigration(databaseFile(store));
    const before = contentsOf(store);
    await expect(refuseNewerStore(ROOT, store)).rejects.toThrow(
      /bring the code up to date \(git pull, npm ci\) and try again\. Nothing was changed\.$/,
    );
    await expect(backup()).rejects.toThrow(/was written by a newer version/);
    expect(existsSync(kept)).toBe(false);
    expect(contentsOf(store)).toEqual(before);
    expect((await appliedMigrations(databaseFile(store))).length).toBe(knownMigrations(ROOT).length + 1);
  });
});

/**
 * An online value whose content holds up whoever copies it until the next such one has taken its place: it is another at each look.
 * `before`: done before each takes its place. Call `stop` when nobody looks any more.
 */
function movingValue(folder: string, key: string, before: (round: number) => void): { stop(): Promise<void> } {
  let round = 0;
  let is_over = false;
  const put = (): string => {
    before(++round);
    const held = putObject(folder, "kv", key, `round ${round}`);
    rmSync(held);
    execFileSync("mkfifo", [held]);
    return held;
  };
  let held = put();
  const feeding = (async () => {
    for (;;) {
      const file = await open(held, "w");
      if (is_over) return file.close();
      const text = `round ${round}`;
      held = put();
      await file.write(text);
      await file.close();
    }
  })();
  return {
    async stop() {
      is_over = true;
      const last_reader = await open(held, constants.O_RDONLY | constants.O_NONBLOCK);
      await feeding;
      await last_reader.close();
    },
  };
}

function writeFact(key: string, value: number): void {
  const database = new DatabaseSync(databaseFile(store));
  database.prepare("INSERT OR REPLACE INTO store_facts VALUES (?, ?)").run(key, String(value));
  database.close();
}

/** What a command writes. */
async function says(command: Command, args: CommandArguments): Promise<string> {
  const written: string[] = [];
  const context = {
    root: ROOT,
    cwd: work,
    env: {},
    stdout: { write: (text: string) => written.push(text) },
    screen: { say: () => undefined },
  };
  expect(await command.run(context as unknown as CommandContext, args)).toBe(0);
  return written.join("");
}

function edit(change: (text: string) => string): void {
  writeFileSync(join(kept, MANIFEST_FILE), change(readFileSync(join(kept, MANIFEST_FILE), "utf8")));
}

/** Another manifest, with its right checksum. */
function seal(change: (manifest: ReturnType<typeof readManifest>) => object): void {
  const manifest = change(readManifest(kept));
  edit(() => JSON.stringify({ manifest, sha256: sha256Hex(JSON.stringify(manifest)) }));
}

function addMigration(file: string): void {
  const database = new DatabaseSync(file);
  database.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('later', 9999999999999)");
  database.close();
}
