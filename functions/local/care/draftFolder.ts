import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { AppError } from "../../../shared/errors.ts";
import { diskError } from "../stack/diskError.ts";
import { makeFolders } from "../stack/makeFolders.ts";
import { displayPath } from "../stack/store.ts";
import { syncFolder, syncFolders } from "./syncFolders.ts";

/** The name of a folder that is being made has its process in it, so that what a killed one left is known as such. */
const DRAFT = /^(.+)\.(\d+)\.partial$/;

/** Whether a folder of that name is being made, or was when its process was killed: it is not what it looks like. */
export function isDraft(name: string): boolean {
  return DRAFT.test(name);
}

/**
 * Makes a folder whole, or not at all: `fill` writes into a draft beside it, which takes its name when all of it stands on the disk. A draft whose
 * process was killed is removed by the next one for the same folder. Throws invalid_request where the folder is there and not empty.
 */
export async function makeWholeFolder<Result>(folder: string, fill: (draft: string) => Promise<Result>): Promise<Result> {
  requireEmpty(folder);
  const draft = `${folder}.${process.pid}.partial`;
  try {
    makeFolders(dirname(folder));
    removeDrafts(folder);
    mkdirSync(draft, { mode: 0o700 });
    const result = await fill(draft);
    syncFolders(draft);
    renameSync(draft, folder);
    syncFolder(dirname(folder));
    return result;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw diskError(error, dirname(folder));
  }
}

function requireEmpty(folder: string): void {
  const [first] = listOrNone(folder);
  if (first === undefined) return;
  throw new AppError(
    "invalid_request",
    `The folder ${displayPath(folder)} is not empty (${first}, for example): name one that is not there yet. Nothing was changed.`,
  );
}

function listOrNone(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    if (code === "ENOTDIR") throw new AppError("invalid_request", `${displayPath(folder)} is a file, and not a folder.`, { cause: error });
    throw error;
  }
}

function removeDrafts(folder: string): void {
  const above = dirname(folder);
  const name = basename(folder);
  for (const entry of readdirSync(above)) {
    const [, of, pid] = DRAFT.exec(entry) ?? [];
    if (of === name && !isAlive(Number(pid))) rmSync(join(above, entry), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
