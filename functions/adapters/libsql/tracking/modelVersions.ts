import { and, asc, eq, ne, sql } from "drizzle-orm";
import type { Instant } from "../../../../shared/domain/instant.ts";
import { AppError } from "../../../../shared/errors.ts";
import { servedSource } from "../../../../shared/models/servedSource.ts";
import type { ModelStage, ModelVersion } from "../../../../shared/ports/tracking.ts";
import type { Database } from "../database.ts";
import { RECORD_TIME, turnRecordClock } from "../recordClock.ts";
import { modelVersions, modelVersionTags } from "../schema/tracking.ts";
import { DELETED_STAGE } from "./deletedStage.ts";

export interface Registration {
  readonly name: string;
  readonly run_id: string;
  readonly source: string;
  readonly at: Instant;
  readonly recorded_at: Instant;
}

const INSERT_VERSION = `INSERT INTO model_versions (name, version, run_id, source, creation_timestamp, last_updated_timestamp, recorded_at)
  SELECT ?1, (SELECT coalesce(max(version), 0) + 1 FROM model_versions WHERE name = ?1), ?2, ?3, ?4, ?4, ${RECORD_TIME}
  WHERE NOT EXISTS (SELECT 1 FROM model_versions WHERE name = ?1 AND run_id = ?2)`;

/** The next version of `name`, or the one that this run has. One transaction, so that two registrations never share a number. */
export async function registerVersion(database: Database, registration: Registration): Promise<ModelVersion> {
  const { name, run_id, source, at, recorded_at } = registration;
  const results = await database.$client.batch(
    [
      turnRecordClock(recorded_at),
      {
        sql: "INSERT INTO registered_models (name, creation_timestamp, last_updated_timestamp) VALUES (?1, ?2, ?2) ON CONFLICT DO NOTHING",
        args: [name, at],
      },
      { sql: INSERT_VERSION, args: [name, run_id, source, at] },
      {
        sql: "UPDATE registered_models SET last_updated_timestamp = ?2 WHERE name = ?1 AND changes() > 0",
        args: [name, at],
      },
      { sql: "SELECT version FROM model_versions WHERE name = ? AND run_id = ?", args: [name, run_id] },
    ],
    "write",
  );
  return requireVersion(database, name, String(results.at(-1)?.rows[0]?.[0]));
}

export async function findVersion(database: Database, name: string, version: string): Promise<ModelVersion | null> {
  const number = toNumber(version);
  if (number === null) return null;
  const [found] = await selectVersions(database, name, number);
  return found ?? null;
}

export async function requireVersion(database: Database, name: string, version: string): Promise<ModelVersion> {
  const found = await findVersion(database, name, version);
  if (found) return found;
  throw new AppError("not_found", `Model ${name} has no version ${version}`, { status: 404, details: { name, version } });
}

export async function listModelNames(database: Database): Promise<readonly string[]> {
  const { rows } = await database.$client.execute("SELECT name FROM registered_models ORDER BY name");
  return rows.map((row) => String(row["name"]));
}

export function listVersions(database: Database, name: string): Promise<readonly ModelVersion[]> {
  return selectVersions(database, name, null);
}

export async function setVersionTags(database: Database, name: string, version: string, tags: Readonly<Record<string, string>>) {
  const found = await requireVersion(database, name, version);
  const rows = Object.entries(tags).map(([key, value]) => ({ name, version: Number(found.version), key, value }));
  if (rows.length === 0) return;
  await database
    .insert(modelVersionTags)
    .values(rows)
    .onConflictDoUpdate({
      target: [modelVersionTags.name, modelVersionTags.version, modelVersionTags.key],
      set: { value: sql`excluded.value` },
    });
}

async function selectVersions(database: Database, name: string, version: number | null): Promise<readonly ModelVersion[]> {
  const [rows, tags] = await database.batch([
    database
      .select()
      .from(modelVersions)
      .where(
        and(
          eq(modelVersions.name, name),
          ne(modelVersions.current_stage, DELETED_STAGE),
          version === null ? undefined : eq(modelVersions.version, version),
        ),
      )
      .orderBy(asc(modelVersions.version)),
    database
      .select()
      .from(modelVersionTags)
      .where(and(eq(modelVersionTags.name, name), version === null ? undefined : eq(modelVersionTags.version, version)))
      .orderBy(asc(modelVersionTags.key)),
  ]);
  return rows.map(({ status: _, description: __, run_link: ___, storage_location: ____, model_id: _____, ...row }) => ({
    ...row,
    version: String(row.version),
    source: servedSource({ ...row, version: String(row.version) }),
    current_stage: row.current_stage as ModelStage,
    tags: Object.fromEntries(tags.filter((tag) => tag.version === row.version).map((tag) => [tag.key, tag.value])),
  }));
}

/** MLflow's versions are decimal strings; anything else names no version. */
function toNumber(version: string): number | null {
  return /^[1-9]\d{0,14}$/.test(version) ? Number(version) : null;
}
