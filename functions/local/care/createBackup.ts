import { existsSync, realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { type Instant, toIso } from "../../../shared/domain/instant.ts";
import { requireKnownSchema } from "../../../shared/domain/schemaVersion.ts";
import { AppError } from "../../../shared/errors.ts";
import { codeVersion } from "../stack/codeVersion.ts";
import { displayPath, marketOfStore, type StoreMarket } from "../stack/store.ts";
import { BACKUP_FORMAT, BACKUP_VERSION, type BackupFile, type BackupManifest, CONTENT_FOLDER, writeManifest } from "./backupManifest.ts";
import { hashFile } from "./copyHashed.ts";
import { copyStore } from "./copyStore.ts";
import { makeWholeFolder } from "./draftFolder.ts";
import { filesBelow } from "./objectCopy.ts";
import { appliedMigrations, databaseFile, knownMigrations, refuseNewerStore } from "./storeSchema.ts";

export interface BackupRequest {
  /** Of the repository. */
  readonly root: string;
  readonly store_folder: string;
  /** The backup's; made. */
  readonly folder: string;
  readonly now: Instant;
}

/** Makes a backup of a store, or nothing: its folder has its name only when all of it stands on the disk. */
export async function createBackup({ root, store_folder, folder, now }: BackupRequest): Promise<BackupManifest> {
  const market = requireStore(store_folder);
  refuseWithin(store_folder, folder);
  await refuseNewerStore(root, store_folder);
  return makeWholeFolder(folder, async (draft) => {
    const content = join(draft, CONTENT_FOLDER);
    const notes = await copyStore(store_folder, content);
    const manifest = {
      format: BACKUP_FORMAT,
      format_version: BACKUP_VERSION,
      created_at: toIso(now),
      code_version: codeVersion(root),
      market,
      schema: await schemaOf(root, content),
      notes: [...notes],
      files: await listFiles(content),
    } as const satisfies BackupManifest;
    writeManifest(draft, manifest);
    return manifest;
  });
}

function requireStore(store_folder: string): StoreMarket {
  const market = marketOfStore(store_folder);
  if (market !== null) return market;
  throw new AppError("not_found", `${displayPath(store_folder)} is no store: it has no store.json.`);
}

function refuseWithin(store_folder: string, folder: string): void {
  let above = folder;
  while (!existsSync(above)) above = dirname(above);
  if (!`${realpathSync(above)}${sep}`.startsWith(`${realpathSync(store_folder)}${sep}`)) return;
  throw new AppError(
    "invalid_request",
    `The folder ${displayPath(folder)} lies in the store itself: what takes the store would take its backup, too. Name another folder.`,
  );
}

async function schemaOf(root: string, content: string): Promise<BackupManifest["schema"]> {
  const [known, applied] = [knownMigrations(root), await appliedMigrations(databaseFile(content))];
  requireKnownSchema("The store", known, applied);
  const newest = known.findLast(({ when }) => applied.includes(when));
  return { newest: newest?.tag ?? "none", migrations: applied.length };
}

async function listFiles(content: string): Promise<BackupFile[]> {
  const files: BackupFile[] = [];
  for (const file of filesBelow(content).sort()) files.push({ path: file.split(sep).join("/"), ...(await hashFile(join(content, file))) });
  return files;
}
