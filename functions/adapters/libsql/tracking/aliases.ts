import type { Instant } from "../../../../shared/domain/instant.ts";
import type { Actor } from "../../../../shared/models/actor.ts";
import { PIN_ALIAS, type Pin } from "../../../../shared/models/pin.ts";
import type { Statement } from "../bulk.ts";
import type { Database } from "../database.ts";
import { readRow } from "../readRow.ts";
import { RECORD_TIME, turnRecordClock } from "../recordClock.ts";

interface AliasChange {
  readonly name: string;
  readonly alias: string;
  readonly version: string | null;
  readonly at: Instant;
  readonly by: Actor;
  /** "set" or "taken away", unless somebody said why. */
  readonly reason?: string;
}

const RECORD =
  "INSERT INTO model_alias_changes (name, alias, from_version, to_version, changed_at, recorded_at, reason, actor, actor_name)";

export async function setAlias(database: Database, change: AliasChange): Promise<void> {
  await database.$client.batch([turnRecordClock(change.at), ...aliasStatements(change)], "write");
}

/** The change and its record, in this order: what the alias pointed at before is read from what it is. No change leaves no record. */
function aliasStatements({
  name,
  alias,
  version,
  at,
  by,
  reason = version === null ? "taken away" : "set",
}: AliasChange): readonly Statement[] {
  const args = [name, alias, version === null ? null : Number(version)];
  const before = "(SELECT version FROM registered_model_aliases WHERE name = ?1 AND alias = ?2)";
  return [
    {
      sql: `${RECORD} SELECT ?1, ?2, ${before}, ?3, ?4, ${RECORD_TIME}, ?5, ?6, ?7 WHERE ${before} IS NOT ?3`,
      args: [...args, at, reason, by.kind, by.name],
    },
    {
      sql: `INSERT INTO registered_model_aliases (name, alias, version) SELECT ?1, ?2, ?3 WHERE ?3 IS NOT NULL
        ON CONFLICT DO UPDATE SET version = excluded.version`,
      args,
    },
    { sql: "DELETE FROM registered_model_aliases WHERE name = ?1 AND alias = ?2 AND ?3 IS NULL", args },
  ];
}

/** What the alias that pins pointed at by then; null: nothing was pinned. */
export async function pinAt(database: Database, name: string, at: Instant): Promise<Pin | null> {
  const { rows } = await database.$client.execute({
    sql: `SELECT to_version, changed_at, reason, actor, actor_name FROM model_alias_changes
      WHERE name = ?1 AND alias = '${PIN_ALIAS}' AND changed_at <= ?2 ORDER BY changed_at DESC, sequence DESC LIMIT 1`,
    args: [name, at],
  });
  const version = rows[0]?.["to_version"];
  if (version === undefined || version === null) return null;
  const row = readRow(rows[0]);
  const by = { kind: row.text("actor") as Actor["kind"], name: row.text("actor_name") };
  return { version: String(version), since: row.integer("changed_at"), reason: row.text("reason"), by };
}

/** Takes every alias of a version that is deleted away, with a record of each. The clock of the record is turned before. */
export function dropAliases(name: string, version: string, at: Instant, by: Actor): readonly Statement[] {
  const own = "FROM registered_model_aliases WHERE name = ?1 AND version = ?2";
  return [
    {
      sql: `${RECORD} SELECT name, alias, version, NULL, ?3, ${RECORD_TIME}, 'its version was deleted', ?4, ?5 ${own}`,
      args: [name, Number(version), at, by.kind, by.name],
    },
    { sql: `DELETE ${own}`, args: [name, Number(version)] },
  ];
}
