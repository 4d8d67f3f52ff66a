import type { ResultSet, Row } from "@libsql/client/web";
import type { RegisteredModel, RegistryVersion } from "../../../../shared/ports/modelRegistry.ts";
import type { Statement } from "../bulk.ts";
import type { Database } from "../database.ts";
import { DELETED_STAGE } from "./deletedStage.ts";
import { pairOf } from "./experiments.ts";

export interface VersionKey {
  readonly name: string;
  readonly version: string;
}

const NAMED = "name IN (SELECT value FROM json_each(?))";

/** Models with their tags, aliases and latest versions, in the order of the names. */
export async function readModels(database: Database, names: readonly string[]): Promise<readonly RegisteredModel[]> {
  if (names.length === 0) return [];
  const args = [JSON.stringify(names)];
  const [models, tags, aliases, latest] = await database.$client.batch(
    [
      { sql: `SELECT * FROM registered_models WHERE ${NAMED}`, args },
      { sql: `SELECT * FROM registered_model_tags WHERE ${NAMED} ORDER BY key`, args },
      { sql: `SELECT * FROM registered_model_aliases WHERE ${NAMED} ORDER BY alias`, args },
      {
        sql: `SELECT name, max(version) AS version FROM model_versions WHERE ${NAMED} AND current_stage <> '${DELETED_STAGE}'
          GROUP BY name, current_stage ORDER BY version`,
        args,
      },
    ],
    "read",
  );
  const versions = await readVersions(database, latest!.rows.map(keyOf));
  const byName = new Map(models!.rows.map((row) => [String(row["name"]), row]));
  return names.flatMap((name) => {
    const row = byName.get(name);
    if (!row) return [];
    const own = (rows: readonly Row[]) => rows.filter((one) => one["name"] === name);
    const { creation_timestamp, last_updated_timestamp, description } = row as unknown as RegisteredModel;
    return [
      {
        name,
        creation_timestamp,
        last_updated_timestamp,
        description,
        tags: own(tags!.rows).map(pairOf),
        aliases: own(aliases!.rows).map((one) => ({ alias: String(one["alias"]), version: String(one["version"]) })),
        latest_versions: versions.filter((one) => one.name === name),
      },
    ];
  });
}

/** Versions with their tags and aliases, in the order of the keys; what was deleted is not among them. */
export async function readVersions(database: Database, keys: readonly VersionKey[]): Promise<readonly RegistryVersion[]> {
  const wanted = keys.filter(({ version }) => /^\d{1,15}$/.test(version));
  if (wanted.length === 0) return [];
  const arg = JSON.stringify(wanted.map(({ name, version }) => [name, Number(version)]));
  const meant = "SELECT value ->> 0, value ->> 1 FROM json_each(?)";
  const found = versionsOf(await database.$client.batch([...versionReads(meant, arg)], "read"));
  const by_key = new Map(found.map((version) => [textOf(version), version]));
  return wanted.flatMap(({ name, version }) => by_key.get(textOf({ name, version: String(Number(version)) })) ?? []);
}

/** What reads the versions whose names and numbers the SQL gives for the argument, also behind a write: the results are for versionsOf. */
export function versionReads(meant: string, arg: string): readonly Statement[] {
  const own = `(name, version) IN (${meant})`;
  return [
    { sql: `SELECT * FROM model_versions WHERE ${own} AND current_stage <> '${DELETED_STAGE}'`, args: [arg] },
    { sql: `SELECT * FROM model_version_tags WHERE ${own} ORDER BY key`, args: [arg] },
    { sql: `SELECT * FROM registered_model_aliases WHERE ${own} ORDER BY alias`, args: [arg] },
  ];
}

export function versionsOf([versions, tags, aliases]: readonly ResultSet[]): readonly RegistryVersion[] {
  const [tagsOf, aliasesOf] = [byKey(tags!.rows), byKey(aliases!.rows)];
  return versions!.rows.map((row) => {
    const key = textOf(keyOf(row));
    return versionOf(row, tagsOf.get(key) ?? [], aliasesOf.get(key) ?? []);
  });
}

function versionOf(row: Row, tags: readonly Row[], aliases: readonly Row[]): RegistryVersion {
  const { name, creation_timestamp, last_updated_timestamp, current_stage, description } = row as unknown as RegistryVersion;
  const { source, storage_location, run_id, run_link, model_id } = row as unknown as RegistryVersion;
  return {
    ...{ name, version: String(row["version"]), creation_timestamp, last_updated_timestamp, current_stage, description },
    ...{ source, storage_location: storage_location ?? source, run_id, run_link, model_id },
    tags: tags.map(pairOf),
    aliases: aliases.map((one) => String(one["alias"])),
  };
}

function byKey(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const key = textOf(keyOf(row));
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  return found;
}

export function keyOf(row: Row): VersionKey {
  return { name: String(row["name"]), version: String(row["version"]) };
}

function textOf({ name, version }: VersionKey): string {
  return `${name}/${version}`;
}
