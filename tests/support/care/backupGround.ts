import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { BackupManifest } from "../../../functions/local/care/backupManifest.ts";
import { createBackup } from "../../../functions/local/care/createBackup.ts";
import { restoreBackup } from "../../../functions/local/care/restoreBackup.ts";
import { databaseFile } from "../../../functions/local/care/storeSchema.ts";
import { makeStore, ROOT } from "./storeFixture.ts";

export const BACKUP_AT = Date.UTC(2026, 10, 30, 12);

/** Where a test file makes backups: before each of its tests there is a store as it was made, and a name for a backup of it. */
export interface BackupGround {
  readonly work: string;
  readonly store: string;
  /** Where `backup` puts one. */
  readonly kept: string;
  /** Where `restore` puts a store. */
  readonly restored: string;
  backup(folder?: string): Promise<BackupManifest>;
  restore(to?: string): Promise<unknown>;
  /** What looks like a backup or a store that was not made to its end. */
  partials(): readonly string[];
  /** A file of the store in the backup. */
  content(path: string): string;
  /** What the online store in the backup holds. */
  onlineContents(): readonly string[];
  /** A fact of the database in the backup. */
  factOf(key: string): unknown;
}

/** Registers the hooks that it needs. */
export function useBackupGround(): BackupGround {
  let [work, pristine, number] = ["", "", 0];
  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), "fx-care-"));
    pristine = await makeStore(join(work, "pristine"));
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));
  beforeEach(() => {
    number += 1;
    execFileSync("cp", ["-r", pristine, ground.store]);
  });
  const ground: BackupGround = {
    get work() {
      return work;
    },
    get store() {
      return join(work, `store-${number}`);
    },
    get kept() {
      return join(work, `backup-${number}`);
    },
    get restored() {
      return join(work, `restored-${number}`);
    },
    backup: (folder = ground.kept) => createBackup({ root: ROOT, store_folder: ground.store, folder, now: BACKUP_AT }),
    restore: (to = ground.restored) => restoreBackup({ root: ROOT, folder: ground.kept, store_folder: to }),
    partials: () => readdirSync(work).filter((name) => name.endsWith(".partial")),
    content: (path) => join(ground.kept, "store", path),
    onlineContents() {
      const blobs = ground.content("worker/v3/kv/bucket/blobs");
      return readdirSync(blobs).map((name) => readFileSync(join(blobs, name), "utf8"));
    },
    factOf(key) {
      const copy = new DatabaseSync(databaseFile(ground.content("")), { readOnly: true });
      try {
        return copy.prepare("SELECT value FROM store_facts WHERE key = ?").get(key)?.["value"];
      } finally {
        copy.close();
      }
    },
  };
  return ground;
}
