import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@libsql/client";
import { drizzle } from "drizzle-orm/libsql";
import { migrate } from "drizzle-orm/libsql/migrator";
import type { Database } from "../../../functions/adapters/libsql/database.ts";

const MIGRATIONS = join(import.meta.dirname, "../../../migrations");

export interface OldStore {
  readonly database: Database;
  /** Applies the migrations that came since. */
  upgrade(): Promise<void>;
}

/** A store in memory with the schema as it was after the migration `last`, for tests of what an upgrade makes of its rows. */
export async function openOldStore(last: string): Promise<OldStore> {
  const database = drizzle(createClient({ url: ":memory:", intMode: "number" }));
  const folder = await mkdtemp(join(tmpdir(), "fx-old-store-"));
  try {
    await cp(MIGRATIONS, folder, { recursive: true });
    const file = join(folder, "meta/_journal.json");
    const journal = JSON.parse(await readFile(file, "utf8")) as { entries: { tag: string }[] };
    const end = journal.entries.findIndex(({ tag }) => tag === last) + 1;
    if (end === 0) throw new Error(`there is no migration ${last}`);
    await writeFile(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, end) }));
    await migrate(database, { migrationsFolder: folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { database, upgrade: () => migrate(database, { migrationsFolder: MIGRATIONS }) };
}
