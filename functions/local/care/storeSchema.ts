import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Migration, migrationsOf, requireKnownSchema } from "../../../shared/domain/schemaVersion.ts";
import { readApplied } from "../../adapters/libsql/readApplied.ts";
import { displayPath } from "../stack/store.ts";
import { hasSqlite, readSqlite } from "./openSqlite.ts";

/** The file in a store in which sqld keeps its database. */
export function databaseFile(store_folder: string): string {
  return join(store_folder, "libsql", "dbs", "default", "data");
}

/** The migrations that this version of the code has, the oldest first. `root`: the folder of the repository. */
export function knownMigrations(root: string): readonly Migration[] {
  return migrationsOf(JSON.parse(readFileSync(join(root, "migrations", "meta", "_journal.json"), "utf8")));
}

/** The moments of the migrations that a database's file has had; none of one that was never migrated. */
export function appliedMigrations(file: string): Promise<readonly number[]> {
  return readApplied((sql) => readSqlite(file, sql));
}

/**
 * Before anything of a store is touched: throws schema_mismatch where a newer version wrote it. A store without a database is none's. A Node
 * without SQLite looks when the server is up (migrateStore).
 */
export async function refuseNewerStore(root: string, store_folder: string): Promise<void> {
  const file = databaseFile(store_folder);
  if (!existsSync(file) || !(await hasSqlite())) return;
  requireKnownSchema(`The store ${displayPath(store_folder)}`, knownMigrations(root), await appliedMigrations(file));
}
