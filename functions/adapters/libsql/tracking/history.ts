import type { Row } from "@libsql/client/web";
import type { Actor } from "../../../../shared/models/actor.ts";
import type { HistoryQuery, RegistryChange, RegistryHistory } from "../../../../shared/ports/registryHistory.ts";
import type { Database } from "../database.ts";
import { readRow } from "../readRow.ts";
import { PRODUCTION_AT, placesAt, stagesAt } from "./stages.ts";

const FACTS = "recorded_at, reason, actor, actor_name, sequence";
const CHANGES = `(
  SELECT 'stage' AS kind, effective_at, ${FACTS}, version, from_stage, to_stage, NULL AS alias, NULL AS from_version, NULL AS to_version
  FROM model_transitions WHERE name = :name AND effective_at <= :as_of AND recorded_at <= :recorded_until
  UNION ALL
  SELECT 'alias', changed_at, ${FACTS}, NULL, NULL, NULL, alias, from_version, to_version
  FROM model_alias_changes WHERE name = :name AND changed_at <= :as_of AND recorded_at <= :recorded_until)`;

const MOVES_BY_THEN = "effective_at <= :as_of AND recorded_at <= :recorded_until";
const ONE_A_STAGE = `SELECT version, stage FROM ${placesAt(MOVES_BY_THEN)} ORDER BY version`;
const EACH_BY_ITSELF = `SELECT version, to_stage AS stage FROM ${stagesAt(MOVES_BY_THEN)} ORDER BY version`;

const ALIASES = `SELECT alias, to_version AS version FROM (
    SELECT alias, to_version, row_number() OVER (PARTITION BY alias ORDER BY changed_at DESC, sequence DESC) AS age
    FROM model_alias_changes WHERE name = :name AND changed_at <= :as_of AND recorded_at <= :recorded_until)
  WHERE age = 1 AND to_version IS NOT NULL ORDER BY alias`;

/** The record of a model's stages and aliases by a moment, and how they stood then, all of it of one state of the store. */
export async function readHistory(database: Database, name: string, query: HistoryQuery): Promise<RegistryHistory> {
  const { at: as_of, recorded_until, one_a_stage, limit, offset } = query;
  const args = { name, as_of, recorded_until: recorded_until ?? Number.MAX_SAFE_INTEGER };
  const [changes, count, production, stages, aliases] = await database.$client.batch(
    [
      {
        sql: `SELECT * FROM ${CHANGES} ORDER BY effective_at DESC, recorded_at DESC, kind, sequence DESC LIMIT :limit OFFSET :offset`,
        args: { ...args, limit, offset },
      },
      { sql: `SELECT count(*) AS total FROM ${CHANGES}`, args },
      { sql: PRODUCTION_AT, args },
      { sql: one_a_stage ? ONE_A_STAGE : EACH_BY_ITSELF, args },
      { sql: ALIASES, args },
    ],
    "read",
  );
  return {
    production: versionOf(production!.rows[0]?.["version"]),
    stages: stages!.rows.map((row) => ({ version: String(row["version"]), stage: readRow(row).text("stage") })),
    aliases: aliases!.rows.map((row) => ({ alias: readRow(row).text("alias"), version: String(row["version"]) })),
    changes: changes!.rows.map(changeOf),
    total_entries: readRow(count!.rows[0]).integer("total"),
  };
}

function changeOf(row: Row): RegistryChange {
  const reader = readRow(row);
  const facts = {
    effective_at: reader.integer("effective_at"),
    recorded_at: reader.integer("recorded_at"),
    reason: reader.text("reason"),
    by: { kind: reader.text("actor") as Actor["kind"], name: reader.text("actor_name") },
  };
  if (reader.text("kind") === "alias") {
    const [from_version, to_version] = [versionOf(row["from_version"]), versionOf(row["to_version"])];
    return { kind: "alias", alias: reader.text("alias"), from_version, to_version, ...facts };
  }
  const [from_stage, to_stage] = [reader.text("from_stage"), reader.text("to_stage")];
  return { kind: "stage", version: String(row["version"]), from_stage, to_stage, ...facts };
}

function versionOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
