import { asc, count, desc, eq } from "drizzle-orm";
import type { DatasetManifest, DatasetQuery } from "../../../../shared/ports/tracking.ts";
import type { Database } from "../database.ts";
import { datasets } from "../schema/tracking.ts";

/** Adds the manifest once: its key is the hash of the content, so a second one says the same. */
export async function addDataset(database: Database, manifest: DatasetManifest): Promise<void> {
  await database.insert(datasets).values(manifest).onConflictDoNothing();
}

export async function listDatasets(database: Database, { instrument, limit, offset }: DatasetQuery) {
  const condition = instrument === undefined ? undefined : eq(datasets.instrument, instrument);
  const [rows, counts] = await database.batch([
    database.select().from(datasets).where(condition).orderBy(desc(datasets.as_of), asc(datasets.sha256)).limit(limit).offset(offset),
    database.select({ total: count() }).from(datasets).where(condition),
  ]);
  return { datasets: rows, total_entries: counts[0]?.total ?? 0 };
}

export async function findDataset(database: Database, sha256: string): Promise<DatasetManifest | null> {
  const [row] = await database.select().from(datasets).where(eq(datasets.sha256, sha256));
  return row ?? null;
}
