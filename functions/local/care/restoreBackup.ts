import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import { AppError } from "../../../shared/errors.ts";
import { makeFolders } from "../stack/makeFolders.ts";
import { displayPath } from "../stack/store.ts";
import { type BackupManifest, readManifest } from "./backupManifest.ts";
import { makeWholeFolder } from "./draftFolder.ts";
import { copyVerified } from "./verifyBackup.ts";

export interface RestoreRequest {
  /** Of the repository. */
  readonly root: string;
  /** The backup's. */
  readonly folder: string;
  /** The store's; made, or empty. */
  readonly store_folder: string;
}

/** Makes a store of a backup, or nothing: every checksum is right before its folder has its name. */
export async function restoreBackup({ root, folder, store_folder }: RestoreRequest): Promise<BackupManifest> {
  const manifest = readManifest(folder);
  makeFolders(dirname(store_folder));
  requireRoom(manifest, dirname(store_folder));
  return makeWholeFolder(store_folder, (draft) => copyVerified(root, folder, draft));
}

/** Better told before a gigabyte is copied than after it. */
function requireRoom({ files }: BackupManifest, folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const [needed, free] = [files.reduce((sum, { bytes }) => sum + bytes, 0), bavail * bsize];
  if (needed <= free) return;
  throw new AppError(
    "store_unavailable",
    `The backup has ${megabytes(needed)}, and the disk of ${displayPath(folder)} has ${megabytes(free)} left: free space there (df -h), or restore elsewhere. Nothing was changed.`,
  );
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6)} MB`;
}
