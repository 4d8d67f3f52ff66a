import { openSqlite, unreadable } from "./openSqlite.ts";

/** A writer holds what the snapshot has to wait for (the begin of a read) for milliseconds. */
const PATIENCE_MS = 30_000;

/**
 * Writes a copy of a database as it is at one moment, whoever writes it meanwhile: VACUUM INTO reads all of it in one transaction, and keeps rows,
 * their numbers and each double as they are. The copy is one file, without a log.
 */
export async function snapshotSqlite(from: string, to: string): Promise<void> {
  const database = await openSqlite(from);
  try {
    database.exec(`PRAGMA busy_timeout = ${PATIENCE_MS}`);
    database.prepare("VACUUM INTO ?").run(to);
  } catch (error) {
    throw isFull(error) ? Object.assign(new Error(String(error)), { code: "ENOSPC", path: to }) : unreadable(from, error);
  } finally {
    database.close();
  }
}

/** Throws what SQLite finds wrong with a file, as one sentence. `check`: quick_check looks at its structure, integrity_check at its indexes, too. */
export async function requireSoundSqlite(path: string, check: "quick_check" | "integrity_check"): Promise<void> {
  const database = await openSqlite(path);
  try {
    const [first] = database.prepare(`PRAGMA ${check}(1)`).all();
    const found = String(Object.values(first ?? {})[0]);
    if (found !== "ok") throw new Error(found);
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    database.close();
  }
}

/** SQLITE_FULL (13): the disk of the copy has no room. */
function isFull(error: unknown): boolean {
  return (error as { errcode?: number }).errcode === 13;
}
