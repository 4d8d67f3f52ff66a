import { asc, eq } from "drizzle-orm";
import type { Instant } from "../../../../shared/domain/instant.ts";
import type { ModelStage, ModelVersion, StageTransition } from "../../../../shared/ports/tracking.ts";
import type { Statement } from "../bulk.ts";
import type { Database } from "../database.ts";
import { modelTransitions } from "../schema/tracking.ts";
import { findVersion, requireVersion } from "./modelVersions.ts";

type Move = Omit<StageTransition, "from_stage">;

/** Stages that one version at a time may hold. */
const EXCLUSIVE: readonly ModelStage[] = ["Staging", "Production"];

// Each version that leaves its stage, and where it goes: the others of an exclusive stage first, then the version itself.
const RECORD = `INSERT INTO model_transitions (name, version, from_stage, to_stage, effective_at, reason)
  SELECT name, version, current_stage, ?3, ?4, ?5 FROM model_versions WHERE name = ?1 AND `;
const MOVE = "UPDATE model_versions SET current_stage = ?3, last_updated_timestamp = ?4 WHERE name = ?1 AND ";
const OTHERS = "version <> ?2 AND current_stage = ?6";
const ITSELF = "version = ?2 AND current_stage <> ?3";

/** Moves a version and archives those that it replaces, with every move in the history, in one transaction. */
export async function transitionVersion(database: Database, move: Move): Promise<ModelVersion> {
  const { version } = await requireVersion(database, move.name, move.version);
  const archive = EXCLUSIVE.includes(move.to_stage) ? archiveStatements(move, Number(version)) : [];
  const itself = [move.name, Number(version), move.to_stage, move.effective_at];
  await database.$client.batch(
    [...archive, { sql: RECORD + ITSELF, args: [...itself, move.reason] }, { sql: MOVE + ITSELF, args: itself }],
    "write",
  );
  return requireVersion(database, move.name, version);
}

function archiveStatements({ name, to_stage, effective_at, reason }: Move, version: number): readonly Statement[] {
  const args = [name, version, "Archived", effective_at, `replaced by version ${version}: ${reason}`, to_stage];
  return [
    { sql: RECORD + OTHERS, args },
    { sql: (MOVE + OTHERS).replace("?6", "?5"), args: [name, version, "Archived", effective_at, to_stage] },
  ];
}

// The state of each version at as_of is where its latest move until then took it. Of those in Production, the one that came last.
const PRODUCTION_AT = `SELECT version FROM (
    SELECT version, to_stage, effective_at, sequence,
      row_number() OVER (PARTITION BY version ORDER BY effective_at DESC, sequence DESC) AS age
    FROM model_transitions WHERE name = ? AND effective_at <= ?)
  WHERE age = 1 AND to_stage = 'Production' ORDER BY effective_at DESC, sequence DESC LIMIT 1`;

/** The version in Production at `as_of`, from the history alone: current_stage says only what holds now. */
export async function productionAt(database: Database, name: string, as_of: Instant): Promise<ModelVersion | null> {
  const { rows } = await database.$client.execute({ sql: PRODUCTION_AT, args: [name, as_of] });
  const version = rows[0]?.[0];
  return version === undefined ? null : findVersion(database, name, String(version));
}

export async function listTransitions(database: Database, name: string): Promise<readonly StageTransition[]> {
  const rows = await database
    .select()
    .from(modelTransitions)
    .where(eq(modelTransitions.name, name))
    .orderBy(asc(modelTransitions.effective_at), asc(modelTransitions.sequence));
  return rows.map(({ sequence: _, ...row }) => ({
    ...row,
    version: String(row.version),
    from_stage: row.from_stage as ModelStage,
    to_stage: row.to_stage as ModelStage,
  }));
}
