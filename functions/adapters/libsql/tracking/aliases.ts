import type { Instant } from "../../../../shared/domain/instant.ts";
import type { Statement } from "../bulk.ts";
import type { Database } from "../database.ts";

interface AliasChange {
  readonly name: string;
  readonly alias: string;
  readonly version: string | null;
  readonly at: Instant;
}

export async function setAlias(database: Database, change: AliasChange): Promise<void> {
  await database.$client.batch([...aliasStatements(change)], "write");
}

/** The change and its record, in this order: what the alias pointed at before is read from what it is. No change leaves no record. */
function aliasStatements({ name, alias, version, at }: AliasChange): readonly Statement[] {
  const args = [name, alias, version === null ? null : Number(version), at];
  const before = "(SELECT version FROM registered_model_aliases WHERE name = ?1 AND alias = ?2)";
  return [
    {
      sql: `INSERT INTO model_alias_changes (name, alias, from_version, to_version, changed_at)
        SELECT ?1, ?2, ${before}, ?3, ?4 WHERE ${before} IS NOT ?3`,
      args,
    },
    {
      sql: `INSERT INTO registered_model_aliases (name, alias, version) SELECT ?1, ?2, ?3 WHERE ?3 IS NOT NULL
        ON CONFLICT DO UPDATE SET version = excluded.version`,
      args: args.slice(0, 3),
    },
    { sql: "DELETE FROM registered_model_aliases WHERE name = ?1 AND alias = ?2 AND ?3 IS NULL", args: args.slice(0, 3) },
  ];
}

/** Takes every alias of a version away, with a record of each. */
export function dropAliases(name: string, version: string, at: Instant): readonly Statement[] {
  const own = "FROM registered_model_aliases WHERE name = ?1 AND version = ?2";
  return [
    {
      sql: `INSERT INTO model_alias_changes (name, alias, from_version, to_version, changed_at) SELECT name, alias, version, NULL, ?3 ${own}`,
      args: [name, Number(version), at],
    },
    { sql: `DELETE ${own}`, args: [name, Number(version)] },
  ];
}
