import { eq } from "drizzle-orm";
import type { DatasetManifest } from "../../../../shared/ports/tracking.ts";
import type { Database } from "../database.ts";
import { datasets } from "../schema/tracking.ts";

/** Adds the manifest once: its key is the hash of the content, so a second one says the same. */
export async function addDataset(database: Database, manifest: DatasetManifest): Promise<void> {
  await database.insert(datasets).values(manifest).onConflictDoNothing();
}

export async function findDataset(database: Database, sha256: string): Promise<DatasetManifest | null> {
  const [row] = await database.select().from(datasets).where(eq(datasets.sha256, sha256));
  return row ?? null;
}
