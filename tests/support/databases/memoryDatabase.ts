import { join } from "node:path";
import { createClient } from "@libsql/client";
import { drizzle } from "drizzle-orm/libsql";
import { migrate } from "drizzle-orm/libsql/migrator";
import type { Database } from "../../../functions/adapters/libsql/database.ts";

/** The real schema in SQLite in memory: the same SQL as sqld's, without a process. */
export async function openMemoryDatabase(): Promise<Database> {
  const database = drizzle(createClient({ url: ":memory:", intMode: "number" }));
  await migrate(database, { migrationsFolder: join(import.meta.dirname, "../../../migrations") });
  return database;
}
