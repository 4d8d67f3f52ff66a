import { join } from "node:path";
import { migrate } from "drizzle-orm/libsql/migrator";
import { AppError } from "../../../shared/errors.ts";
import { createDatabase } from "../../adapters/libsql/database.ts";

/** Brings the schema of the database at `url` up to date. Does nothing when it is; a migration that fails is rolled back. */
export async function migrateStore(root: string, url: string, auth_token?: string): Promise<void> {
  try {
    await migrate(createDatabase(url, auth_token), { migrationsFolder: join(root, "migrations") });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError("store_unavailable", `The database at ${url} could not be migrated: ${reason}`, { cause: error });
  }
}
