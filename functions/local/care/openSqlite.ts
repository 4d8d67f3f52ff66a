import type { DatabaseSync } from "node:sqlite";
import { AppError } from "../../../shared/errors.ts";

/**
 * Opens a file of SQLite as it stands on the disk, beside whoever writes it: it is read and never changed, and a log that a killed writer left
 * beside it is read with it. Node has SQLite built in, so nothing has to be installed.
 */
export async function openSqlite(path: string): Promise<DatabaseSync> {
  const sqlite = await loadSqlite();
  try {
    return new sqlite.DatabaseSync(path, { readOnly: true });
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Reads rows of it, as objects. */
export async function readSqlite(path: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const database = await openSqlite(path);
  try {
    return database.prepare(sql).all();
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    database.close();
  }
}

/** False of a Node before 22.13. */
export async function hasSqlite(): Promise<boolean> {
  try {
    await loadSqlite();
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "library_missing") return false;
    throw error;
  }
}

export function unreadable(path: string, cause: unknown): AppError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new AppError("store_unavailable", `The database ${path} cannot be read: ${why}.`, { cause });
}

async function loadSqlite(): Promise<typeof import("node:sqlite")> {
  try {
    return await import("node:sqlite");
  } catch (error) {
    const message = `This needs Node 22.13 or newer, which has SQLite in it, and this is ${process.versions.node}. On Linux x64, npm ci brings Node 24.`;
    throw new AppError("library_missing", message, { cause: error });
  }
}
