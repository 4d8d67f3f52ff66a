import { existsSync } from "node:fs";
import { join, sep } from "node:path";
import { requireKnownSchema } from "../../../shared/domain/schemaVersion.ts";
import { displayPath } from "../stack/store.ts";
import { type BackupManifest, CONTENT_FOLDER, damaged, readManifest } from "./backupManifest.ts";
import { copyHashed, type HashedBytes, hashFile } from "./copyHashed.ts";
import { filesBelow } from "./objectCopy.ts";
import { requireSoundSqlite } from "./snapshotSqlite.ts";
import { appliedMigrations, databaseFile, knownMigrations } from "./storeSchema.ts";

/** Reads a whole backup: every file is there, none besides, each as it was written, and this version can read its database. */
export async function verifyBackup(root: string, folder: string): Promise<BackupManifest> {
  const manifest = await checkFiles(folder, hashFile);
  await checkDatabase(root, folder, join(folder, CONTENT_FOLDER));
  return manifest;
}

/** Copies the files of a backup into an empty folder, with the same checks of each while it is read. */
export async function copyVerified(root: string, folder: string, to: string): Promise<BackupManifest> {
  const content = join(folder, CONTENT_FOLDER);
  const manifest = await checkFiles(folder, (path) => copyHashed(path, join(to, path.slice(content.length + 1))));
  await checkDatabase(root, folder, to);
  return manifest;
}

async function checkFiles(folder: string, read: (path: string) => Promise<HashedBytes>): Promise<BackupManifest> {
  const manifest = readManifest(folder);
  const content = join(folder, CONTENT_FOLDER);
  const listed = new Set(manifest.files.map(({ path }) => path));
  const extra = filesBelow(content).find((file) => !listed.has(file.split(sep).join("/")));
  if (extra !== undefined) throw damaged(`${displayPath(join(content, extra))} is not in the backup's manifest`);
  for (const { path, ...expected } of manifest.files) {
    const file = join(content, ...path.split("/"));
    if (!existsSync(file)) throw damaged(`${displayPath(file)} is missing`);
    const found = await read(file);
    if (found.sha256 !== expected.sha256 || found.bytes !== expected.bytes) throw damaged(`${displayPath(file)} is not as it was written`);
  }
  return manifest;
}

/** `content`: where the store's files lie. */
async function checkDatabase(root: string, folder: string, content: string): Promise<void> {
  const database = databaseFile(content);
  if (!existsSync(database)) throw damaged(`${displayPath(folder)} has no database in it`);
  requireKnownSchema(`The backup ${displayPath(folder)}`, knownMigrations(root), await appliedMigrations(database));
  await requireSoundSqlite(database, "integrity_check");
}
