import { asc, eq } from "drizzle-orm";
import type { Instant } from "../../../../shared/domain/instant.ts";
import type { Actor } from "../../../../shared/models/actor.ts";
import { servedSource } from "../../../../shared/models/servedSource.ts";
import type { ModelStage, ModelVersion, ServedVersion, StageTransition } from "../../../../shared/ports/tracking.ts";
import { namedStatement, type Statement } from "../bulk.ts";
import type { Database } from "../database.ts";
import { RECORD_TIME, turnRecordClock } from "../recordClock.ts";
import { modelTransitions } from "../schema/tracking.ts";
import { findVersion, requireVersion } from "./modelVersions.ts";

type Move = Omit<StageTransition, "from_stage">;

/** Stages that one version at a time may hold. */
const EXCLUSIVE: readonly ModelStage[] = ["Staging", "Production"];

/** What the reason of a move begins with that another version's made necessary. */
const REPLACED_BY = "replaced by version ";

// The stage of each version at a moment is where its latest move until then took it, by the time from which moves hold and not by the
// time of their recording: a move that a replay adds to the past has its place there. A version that another replaced in Staging, and that
// was promoted later as of a time before, was no longer in Staging by then: that it was replaced there does not end its Production.
export const stagesAt = (moves: string) => `(SELECT version, to_stage, effective_at, sequence FROM (
    SELECT version, to_stage, effective_at, sequence,
      row_number() OVER (PARTITION BY version ORDER BY effective_at DESC, sequence DESC) AS age
    FROM (SELECT *, max(CASE WHEN to_stage = 'Production' THEN sequence END) OVER (
        PARTITION BY version ORDER BY effective_at RANGE UNBOUNDED PRECEDING) AS promoted
      FROM model_transitions WHERE name = :name AND ${moves})
    WHERE NOT (from_stage = 'Staging' AND reason LIKE '${REPLACED_BY}%' AND coalesce(promoted, 0) > sequence)) WHERE age = 1)`;
const STAGES = stagesAt("effective_at <= :effective_at");
const ADD_MOVE =
  "INSERT INTO model_transitions (name, version, from_stage, to_stage, effective_at, recorded_at, reason, actor, actor_name)";

const ARCHIVE_OTHERS = `${ADD_MOVE}
  SELECT :name, version, to_stage, 'Archived', :effective_at, ${RECORD_TIME}, '${REPLACED_BY}' || CAST(:version AS INTEGER) || ': ' || :reason, :actor, :actor_name
  FROM ${STAGES} WHERE version <> :version AND to_stage = :to_stage`;

const MOVE_ITSELF = `${ADD_MOVE} SELECT :name, :version, from_stage, :to_stage, :effective_at, ${RECORD_TIME}, :reason, :actor, :actor_name
  FROM (SELECT coalesce((SELECT to_stage FROM ${STAGES} WHERE version = :version), 'None') AS from_stage) WHERE from_stage <> :to_stage`;

// What a replay promotes into the past holds until the next change of Production: the promotion of another version, or a withdrawal.
// changes(): only when the version was moved, and not when it was there already.
const END_AT_NEXT_CHANGE = `${ADD_MOVE}
  SELECT :name, :version, 'Production', 'Archived', next.effective_at, ${RECORD_TIME},
    'version ' || next.version || ' moved from ' || next.from_stage || ' to ' || next.to_stage || ' then', :actor, :actor_name
  FROM (SELECT version, from_stage, to_stage, effective_at FROM model_transitions WHERE name = :name AND effective_at > :effective_at
      AND 'Production' IN (from_stage, to_stage) ORDER BY effective_at, to_stage DESC, sequence LIMIT 1) AS next
  WHERE changes() > 0 AND next.version <> :version`;

/** SQL of the place of each version by these moves: one whose place in an exclusive stage another took later has left it, whatever its own moves say. */
export const placesAt = (moves: string) => `(SELECT own.version, CASE WHEN EXISTS (SELECT 1 FROM model_transitions AS later
      WHERE later.name = :name AND later.version <> own.version AND own.to_stage IN (${EXCLUSIVE.map((stage) => `'${stage}'`).join(", ")})
        AND later.to_stage = own.to_stage AND (later.effective_at, later.sequence) > (own.effective_at, own.sequence) AND ${moves})
    THEN 'Archived' ELSE own.to_stage END AS stage, own.effective_at, own.sequence FROM ${stagesAt(moves)} AS own)`;

const UPDATE_CURRENT = `UPDATE model_versions SET current_stage = now.stage, last_updated_timestamp = max(last_updated_timestamp, :effective_at)
  FROM ${placesAt("true")} AS now
  WHERE name = :name AND model_versions.version = now.version AND current_stage <> now.stage`;

/**
 * Moves a version at its place in the history, archives those that it replaces there, and sets the present stages to what the history
 * comes to, in one transaction.
 */
export async function transitionVersion(database: Database, move: Move): Promise<ModelVersion> {
  const { version } = await requireVersion(database, move.name, move.version);
  const { recorded_at, by, ...move_args } = move;
  const args = { ...move_args, version: Number(version), actor: by.kind, actor_name: by.name };
  const statement = (sql: string): Statement => namedStatement(sql, args);
  await database.$client.batch(
    [
      turnRecordClock(recorded_at),
      ...(EXCLUSIVE.includes(move.to_stage) ? [statement(ARCHIVE_OTHERS)] : []),
      statement(MOVE_ITSELF),
      ...(move.to_stage === "Production" ? [statement(END_AT_NEXT_CHANGE)] : []),
      statement(UPDATE_CURRENT),
    ],
    "write",
  );
  return requireVersion(database, move.name, version);
}

// Of those in Production, the one that came last.
export const PRODUCTION_AT = `SELECT version FROM ${stagesAt("effective_at <= :as_of AND recorded_at <= :recorded_until")}
  WHERE to_stage = 'Production' ORDER BY effective_at DESC, sequence DESC LIMIT 1`;

/** The version in Production at `as_of`, from what was recorded by `recorded_until`: current_stage says only what holds now. */
export async function productionAt(
  database: Database,
  name: string,
  as_of: Instant,
  recorded_until: Instant,
): Promise<ModelVersion | null> {
  const { rows } = await database.$client.execute({ sql: PRODUCTION_AT, args: { name, as_of, recorded_until } });
  const version = rows[0]?.[0];
  return version === undefined ? null : findVersion(database, name, String(version));
}

// From the newest on: of hundreds of versions the few that came after it are looked at.
const IN_PRODUCTION = `SELECT version, run_id, source, last_updated_timestamp FROM model_versions
  WHERE name = ? AND current_stage = 'Production' ORDER BY version DESC LIMIT 1`;

/** Of each name the version in Production, by the stages that hold now. */
export async function inProduction(database: Database, names: readonly string[]): Promise<readonly (ServedVersion | null)[]> {
  const results = await database.$client.batch(
    names.map((name) => ({ sql: IN_PRODUCTION, args: [name] })),
    "read",
  );
  return results.map(({ rows: [row] }, index) => {
    if (row === undefined) return null;
    const found = { name: names[index]!, version: String(row["version"]), run_id: String(row["run_id"]), source: String(row["source"]) };
    return { ...found, source: servedSource(found), last_updated_timestamp: Number(row["last_updated_timestamp"]) };
  });
}

export async function listTransitions(database: Database, name: string): Promise<readonly StageTransition[]> {
  const rows = await database
    .select()
    .from(modelTransitions)
    .where(eq(modelTransitions.name, name))
    .orderBy(asc(modelTransitions.effective_at), asc(modelTransitions.sequence));
  return rows.map(({ sequence: _, actor, actor_name, ...row }) => ({
    ...row,
    by: { kind: actor as Actor["kind"], name: actor_name },
    version: String(row.version),
    from_stage: row.from_stage as ModelStage,
    to_stage: row.to_stage as ModelStage,
  }));
}
