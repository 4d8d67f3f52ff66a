import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createClient } from "@libsql/client";
import { drizzle } from "drizzle-orm/libsql";
import { migrate } from "drizzle-orm/libsql/migrator";
import { filesBelow } from "../../../functions/local/care/objectCopy.ts";
import { databaseFile } from "../../../functions/local/care/storeSchema.ts";
import { openJournal } from "../../../functions/local/journal/openJournal.ts";
import { encodePredictions } from "../../../shared/contracts/predictionBatch.ts";
import { predictionRecord } from "../models/predictionRecord.ts";

export const ROOT = join(import.meta.dirname, "../../..");

/** A store on the disk as a stack leaves it: the real schema, a bronze object, an online value, a training job of each of two sidecars, a prediction that waits, and keys. */
export async function makeStore(folder: string): Promise<string> {
  mkdirSync(join(folder, "logs"), { recursive: true });
  writeFileSync(join(folder, "store.json"), '{"market":"sandbox"}\n');
  writeFileSync(join(folder, "keys.json"), "[]\n");
  writeFileSync(join(folder, "logs", "sqld.log"), "not part of a backup\n");
  await makeDatabase(databaseFile(folder));
  putObject(folder, "r2", "bronze/a", "candles");
  putObject(folder, "kv", "online:USD_SGD", "{}");
  for (const sidecar of ["sidecar", "sidecar-2"]) {
    const job = join(folder, sidecar, "jobs", "j1");
    mkdirSync(job, { recursive: true });
    writeFileSync(join(job, "job.json"), "{}");
    writeFileSync(join(job, "job.json.1.tmp"), "half");
  }
  const journal = openJournal({ folder: join(folder, "journal"), sync: false, say: () => undefined });
  journal.append(encodePredictions([predictionRecord("waits", { features: [1, 2] })]));
  journal.close();
  return folder;
}

/** As the migrator of a start makes it, with one row that names an object of the lake. */
async function makeDatabase(file: string): Promise<void> {
  mkdirSync(join(file, ".."), { recursive: true });
  const client = createClient({ url: `file:${file}` });
  await migrate(drizzle(client), { migrationsFolder: join(ROOT, "migrations") });
  await client.execute(
    "INSERT INTO bronze_objects (key, origin, instrument, granularity, sha256, bytes, lines, window_start, window_end, ingested_at) VALUES ('bronze/a', 'sandbox', 'USD_SGD', 'H1', 'x', 7, 1, 0, 1, 2)",
  );
  client.close();
}

/** Puts a content under a key as a Workers runtime of one machine does: a file that is new, then the key. Returns the file. */
export function putObject(store: string, kind: "r2" | "kv", key: string, content: string): string {
  const state = join(store, "worker", "v3", kind);
  const blob = createHash("sha256").update(`${key}\n${content}`).digest("hex");
  for (const name of ["bucket/blobs", "objects"]) mkdirSync(join(state, name), { recursive: true });
  writeFileSync(join(state, "bucket/blobs", blob), content);
  const database = new DatabaseSync(join(state, "objects/all.sqlite"));
  database.exec("PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS objects (key TEXT PRIMARY KEY, blob_id TEXT NOT NULL)");
  database.prepare("INSERT OR REPLACE INTO objects (key, blob_id) VALUES (?, ?)").run(key, blob);
  database.close();
  return join(state, "bucket/blobs", blob);
}

/** The contents of a folder by their paths; of databases what they hold, since a copy's pages may lie elsewhere. */
export function contentsOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    filesBelow(folder)
      .sort()
      .map((file) => [file, readFileSync(join(folder, file)).toString("base64")]),
  );
}
