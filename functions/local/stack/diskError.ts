import { AppError } from "../../../shared/errors.ts";

/** What someone has to mend on a disk, and how; see errno(3). */
const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: "its disk is full: free space there (df -h), then try again",
  EDQUOT: "this user's quota is used up: free space there, then try again",
  EROFS: "its disk is mounted read-only: make it writable, or choose another folder with --store",
  EIO: "its disk does not answer: see the system's log (dmesg)",
  EFBIG: "a file there is larger than its file system takes",
};

/** An error of a disk as one sentence that names the folder and the remedy; any other as it is. */
export function diskError(error: unknown, folder: string | null): unknown {
  const { code = "", path } = error as NodeJS.ErrnoException;
  const remedy = REMEDIES[code];
  if (error instanceof AppError || remedy === undefined) return error;
  const where = folder ?? path ?? "the store's folder";
  return new AppError("store_unavailable", `${where} cannot be written to (${code}): ${remedy}.`, {
    cause: error,
    details: { folder: where },
  });
}
