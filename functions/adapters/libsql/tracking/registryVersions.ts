import type { Instant } from "../../../../shared/domain/instant.ts";
import type { Actor } from "../../../../shared/models/actor.ts";
import type { NewVersion, RegistryVersion, StageMove } from "../../../../shared/ports/modelRegistry.ts";
import { namedStatement, type Statement } from "../bulk.ts";
import type { Database } from "../database.ts";
import { RECORD_TIME, turnRecordClock } from "../recordClock.ts";
import { dropAliases } from "./aliases.ts";
import { DELETED_STAGE } from "./deletedStage.ts";
import { versionReads, versionsOf } from "./readModels.ts";

const TOUCH_MODEL = "UPDATE registered_models SET last_updated_timestamp = max(last_updated_timestamp, ?2) WHERE name = ?1";

/** One transaction, so that two registrations never share a number. Where there is no such model nothing is written. */
export async function createVersion(database: Database, version: NewVersion): Promise<RegistryVersion | null> {
  const { name, source, storage_location, run_id, run_link, model_id, description, tags, at } = version;
  const results = await database.$client.batch(
    [
      turnRecordClock(at),
      {
        sql: `INSERT INTO model_versions (name, version, run_id, source, storage_location, run_link, model_id, description,
            creation_timestamp, last_updated_timestamp, recorded_at)
          SELECT ?1, (SELECT coalesce(max(version), 0) + 1 FROM model_versions WHERE name = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ${RECORD_TIME}
          WHERE EXISTS (SELECT 1 FROM registered_models WHERE name = ?1)`,
        args: [name, run_id, source, storage_location, run_link, model_id, description, at],
      },
      {
        sql: `INSERT INTO model_version_tags (name, version, key, value)
          SELECT ?1, (SELECT max(version) FROM model_versions WHERE name = ?1), value ->> 'key', value ->> 'value' FROM json_each(?2)
          WHERE changes() > 0 ON CONFLICT DO UPDATE SET value = excluded.value`,
        args: [name, JSON.stringify(tags)],
      },
      { sql: TOUCH_MODEL, args: [name, at] },
      ...versionReads("SELECT name, max(version) FROM model_versions WHERE name = ?", name),
    ],
    "write",
  );
  const is_made = (results[1]?.rowsAffected ?? 0) > 0;
  return is_made ? versionsOf(results.slice(-3))[0]! : null;
}

export async function describeVersion(database: Database, name: string, version: string, description: string, at: Instant): Promise<void> {
  await database.$client.execute({
    sql: `UPDATE model_versions SET description = ?3, last_updated_timestamp = max(last_updated_timestamp, ?4) WHERE name = ?1 AND version = ?2`,
    args: [name, Number(version), description, at],
  });
}

export async function deleteVersion(database: Database, name: string, version: string, at: Instant, by: Actor): Promise<void> {
  const move = { name, version, to_stage: DELETED_STAGE, at, reason: "deleted", by };
  await database.$client.batch(
    [turnRecordClock(at), ...dropAliases(name, version, at, by), ...moveStatements(move), { sql: TOUCH_MODEL, args: [name, at] }],
    "write",
  );
}

export async function moveVersion(database: Database, { archives_others, ...move }: StageMove): Promise<void> {
  await database.$client.batch(
    [
      turnRecordClock(move.at),
      ...(archives_others ? archiveStatements(move) : []),
      ...moveStatements(move),
      { sql: TOUCH_MODEL, args: [move.name, move.at] },
    ],
    "write",
  );
}

interface Move {
  readonly name: string;
  readonly version: string;
  readonly to_stage: string;
  readonly at: Instant;
  readonly reason: string;
  readonly by: Actor;
}

const RECORD = "INSERT INTO model_transitions (name, version, from_stage, to_stage, effective_at, recorded_at, reason, actor, actor_name)";
const STAND = "UPDATE model_versions SET last_updated_timestamp = max(last_updated_timestamp, :at),";

function argsOf({ version, by, ...move }: Move) {
  return { ...move, version: Number(version), actor: by.kind, actor_name: by.name };
}

/** The record first: from where it moves is read from where it stands. */
function moveStatements(move: Move): readonly Statement[] {
  const args = argsOf(move);
  return [
    `${RECORD} SELECT name, version, current_stage, :to_stage, :at, ${RECORD_TIME}, :reason, :actor, :actor_name FROM model_versions
      WHERE name = :name AND version = :version AND current_stage <> :to_stage`,
    `${STAND} current_stage = :to_stage WHERE name = :name AND version = :version`,
  ].map((sql) => namedStatement(sql, args));
}

function archiveStatements(move: Move): readonly Statement[] {
  const args = argsOf(move);
  const others = "name = :name AND version <> :version AND current_stage = :to_stage";
  return [
    `${RECORD} SELECT name, version, current_stage, 'Archived', :at, ${RECORD_TIME},
      'replaced by version ' || CAST(:version AS INTEGER) || ': ' || :reason, :actor, :actor_name FROM model_versions WHERE ${others}`,
    `${STAND} current_stage = 'Archived' WHERE ${others}`,
  ].map((sql) => namedStatement(sql, args));
}
