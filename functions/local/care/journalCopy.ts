import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { countPredictions } from "../../../shared/contracts/predictionBatch.ts";
import { readFrames, toFrame } from "../journal/frames.ts";
import { inboxFolder } from "../journal/inboxFolder.ts";

/** Files that the runtime has begun and not yet given their name. */
const HIDDEN = ".";
const SEGMENT = /^\d{8}\.journal$/;

/**
 * The predictions that were answered and are not in the database yet, as the content of one file of a journal: what lies in the inbox, then what the
 * journal has. Batches go the other way (inbox, journal, database), each standing at its next place before it leaves the one before: read in this
 * order, and before the database, none is missed. One that is met twice is logged once.
 */
export function waitingPredictions(store_folder: string): Buffer {
  return Buffer.concat([...inboxBatches(store_folder), ...journalBatches(store_folder)].map(toFrame));
}

function inboxBatches(store_folder: string): Uint8Array[] {
  const folder = inboxFolder(store_folder, { make: false });
  if (folder === null || !existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => !name.startsWith(HIDDEN));
  return names.flatMap((name) => readOrGone(join(folder, name)) ?? []).filter((batch) => countPredictions(batch) > 0);
}

/** A file may be emptied and written anew while it is read: what it had is then in the database, and what is no whole frame ends it. */
function journalBatches(store_folder: string): Uint8Array[] {
  const folder = join(store_folder, "journal");
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => SEGMENT.test(name));
  return names.sort().flatMap((name) => readFrames(readOrGone(join(folder, name)) ?? Buffer.alloc(0)).batches);
}

/** Null where it was moved on since it was listed. */
function readOrGone(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
