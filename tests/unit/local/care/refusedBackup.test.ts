import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MANIFEST_FILE, readManifest } from "../../../../functions/local/care/backupManifest.ts";
import { restoreBackup } from "../../../../functions/local/care/restoreBackup.ts";
import { appliedMigrations, databaseFile, knownMigrations, refuseNewerStore } from "../../../../functions/local/care/storeSchema.ts";
import { verifyBackup } from "../../../../functions/local/care/verifyBackup.ts";
import { sha256Hex } from "../../../../shared/domain/hash.ts";
import { useBackupGround } from "../../../support/care/backupGround.ts";
import { contentsOf, ROOT } from "../../../support/care/storeFixture.ts";

const ground = useBackupGround();
const { backup, restore, partials, content } = ground;

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
    await expect(verifyBackup(ROOT, ground.kept)).rejects.toThrow(expected);
    await expect(restore()).rejects.toThrow(expected);
    expect([existsSync(ground.restored), partials()]).toEqual([false, []]);
  });

  it("one of a newer version says so, by its format or by its schema", async () => {
    await backup();
    seal((manifest) => ({ ...manifest, format_version: 2, more: true }));
    await expect(restore()).rejects.toThrow(/is of a newer version of fx-medallion \(format 2, and this one reads 1\)/);
    rmSync(ground.kept, { recursive: true });
    await backup();
    addMigration(databaseFile(join(ground.kept, "store")));
    const bytes = readFileSync(databaseFile(join(ground.kept, "store")));
    const entry = { path: "libsql/dbs/default/data", bytes: bytes.length, sha256: sha256Hex(bytes) };
    seal((manifest) => ({ ...manifest, files: manifest.files.map((file) => (file.path === entry.path ? entry : file)) }));
    await expect(restore()).rejects.toThrow(/was written by a newer version of fx-medallion \(one migration that this one does not know/);
    expect([existsSync(ground.restored), partials()]).toEqual([false, []]);
  });

  it("a folder that holds something is not restored into", async () => {
    await backup();
    await expect(restore(ground.store)).rejects.toThrow(/is not empty/);
    const empty = join(ground.work, "empty");
    mkdirSync(empty);
    await restore(empty);
    expect(existsSync(join(empty, "store.json"))).toBe(true);
    await expect(restoreBackup({ root: ROOT, folder: ground.store, store_folder: join(ground.work, "none") })).rejects.toThrow(
      /is no backup/,
    );
  });
});

describe.skipIf(!mountTiny(false))("a disk that is full", () => {
  const tiny = () => join(ground.work, "tiny");
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
    await refuseNewerStore(ROOT, ground.store);
    addMigration(databaseFile(ground.store));
    const before = contentsOf(ground.store);
    await expect(refuseNewerStore(ROOT, ground.store)).rejects.toThrow(
      /bring the code up to date \(git pull, npm ci\) and try again\. Nothing was changed\.$/,
    );
    await expect(backup()).rejects.toThrow(/was written by a newer version/);
    expect(existsSync(ground.kept)).toBe(false);
    expect(contentsOf(ground.store)).toEqual(before);
    expect((await appliedMigrations(databaseFile(ground.store))).length).toBe(knownMigrations(ROOT).length + 1);
  });
});

function edit(change: (text: string) => string): void {
  writeFileSync(join(ground.kept, MANIFEST_FILE), change(readFileSync(join(ground.kept, MANIFEST_FILE), "utf8")));
}

/** Another manifest, with its right checksum. */
function seal(change: (manifest: ReturnType<typeof readManifest>) => object): void {
  const manifest = change(readManifest(ground.kept));
  edit(() => JSON.stringify({ manifest, sha256: sha256Hex(JSON.stringify(manifest)) }));
}

function addMigration(file: string): void {
  const database = new DatabaseSync(file);
  database.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('later', 9999999999999)");
  database.close();
}
