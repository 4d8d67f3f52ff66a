import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, realpathSync, statfsSync } from "node:fs";
import { join } from "node:path";

/** Linux' folder in memory, for all users. */
const SHARED_MEMORY = "/dev/shm";
/** f_type of tmpfs (statfs(2)). */
const TMPFS_MAGIC = 0x01021994;
const OTHERS = 0o077;

/**
 * The folder in which the runtime of `fx serve` leaves predictions for the journal of a store, made if it is not there and wanted: in memory, which
 * outlives every process, and where a new file costs some microseconds and never waits for a disk. Null where there is no such memory, or the
 * folder there is not this user's alone: each prediction is then sent to the journal's process.
 */
export function inboxFolder(store_folder: string, { make = true, memory = SHARED_MEMORY } = {}): string | null {
  if (!existsSync(memory) || statfsSync(memory).type !== TMPFS_MAGIC) return null;
  const name = createHash("sha256").update(realpathSync(store_folder)).digest("hex").slice(0, 16);
  const path = join(memory, `fx-medallion-${process.getuid?.() ?? 0}-${name}`);
  return (!make || isMade(path)) && isOwn(path) ? path : null;
}

function isMade(path: string): boolean {
  try {
    mkdirSync(path, { mode: 0o700 });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EEXIST";
  }
}

/** Anybody may make a folder, or a link to one, of that name in shared memory. */
function isOwn(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & OTHERS) === 0;
}
