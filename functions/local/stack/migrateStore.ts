import { join } from "node:path";
import { migrate } from "drizzle-orm/libsql/migrator";
import { requireKnownSchema } from "../../../shared/domain/schemaVersion.ts";
import { AppError } from "../../../shared/errors.ts";
import { createDatabase } from "../../adapters/libsql/database.ts";
import { createSchemaProbe } from "../../adapters/libsql/schemaProbe.ts";
import { knownMigrations } from "../care/storeSchema.ts";

/**
 * Brings the schema of the database at `url` up to date. Does nothing when it is; a migration that fails is rolled back. Throws schema_mismatch
 * where a newer version wrote it: the migrator itself would take it for up to date.
 */
export async function migrateStore(root: string, url: string, auth_token?: string): Promise<void> {
  const database = createDatabase(url, auth_token);
  try {
    requireKnownSchema(`The database at ${url}`, knownMigrations(root), await createSchemaProbe(database).applied());
    await migrate(database, { migrationsFolder: join(root, "migrations") });
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError("store_unavailable", `The database at ${url} could not be migrated: ${reason}`, { cause: error });
  }
}
