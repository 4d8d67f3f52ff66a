import type { Instant } from "../../../../shared/domain/instant.ts";
import { presentModelName as present } from "../../../../shared/models/modelName.ts";
import type { KeyValue } from "../../../../shared/ports/experimentStore.ts";
import type { ModelRegistry } from "../../../../shared/ports/modelRegistry.ts";
import { type Database, withStore } from "../database.ts";
import { setAlias } from "./aliases.ts";
import { readModels, readVersions } from "./readModels.ts";
import { createVersion, deleteVersion, describeVersion, moveVersion } from "./registryVersions.ts";
import { searchModels, searchVersions } from "./searchModels.ts";

/** Tables that hold a model's name, beside its own: they follow it when it is renamed. */
const NAMED = ["model_versions", "model_version_tags", "registered_model_tags", "registered_model_aliases"] as const;
const RECORDS = ["model_transitions", "model_alias_changes"] as const;

/** MLflow's registry in the tables that training registers its models in. Models answer to their former names. */
export function createModelRegistry(database: Database): ModelRegistry {
  const run = (sql: string, args: readonly (string | number | null)[]) =>
    withStore(async () => (await database.$client.execute({ sql, args: [...args] })).rowsAffected > 0);
  return {
    createModel: (name, ...model) => withStore(() => createModel(database, present(name), ...model)),
    model: (name) => withStore(async () => (await readModels(database, [present(name)]))[0] ?? null),
    searchModels: (search) => withStore(async () => readModels(database, await searchModels(database, search))),
    describeModel: async (name, description, at) => {
      await run("UPDATE registered_models SET description = ?2, last_updated_timestamp = max(last_updated_timestamp, ?3) WHERE name = ?1", [
        present(name),
        description,
        at,
      ]);
    },
    renameModel: (name, new_name, at) => withStore(() => renameModel(database, present(name), present(new_name), at)),
    deleteModel: (name, at) => withStore(() => deleteModel(database, present(name), at)),
    setModelTag: async (name, { key, value }) => {
      await run(
        `INSERT INTO registered_model_tags (name, key, value) SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM registered_models WHERE name = ?1)
          ON CONFLICT DO UPDATE SET value = excluded.value`,
        [present(name), key, value],
      );
    },
    deleteModelTag: async (name, key) => {
      await run("DELETE FROM registered_model_tags WHERE name = ? AND key = ?", [present(name), key]);
    },
    createVersion: (version) => withStore(() => createVersion(database, { ...version, name: present(version.name) })),
    version: (name, version) => withStore(async () => (await readVersions(database, [{ name: present(name), version }]))[0] ?? null),
    searchVersions: (search) => withStore(async () => readVersions(database, await searchVersions(database, search))),
    describeVersion: (name, ...described) => withStore(() => describeVersion(database, present(name), ...described)),
    deleteVersion: (name, ...deleted) => withStore(() => deleteVersion(database, present(name), ...deleted)),
    setVersionTag: async (name, version, { key, value }) => {
      await run(
        `INSERT INTO model_version_tags (name, version, key, value) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value`,
        [present(name), Number(version), key, value],
      );
    },
    deleteVersionTag: async (name, version, key) => {
      await run("DELETE FROM model_version_tags WHERE name = ? AND version = ? AND key = ?", [present(name), Number(version), key]);
    },
    moveVersion: (move) => withStore(() => moveVersion(database, { ...move, name: present(move.name) })),
    setAlias: (name, alias, version, at, by) => withStore(() => setAlias(database, { name: present(name), alias, version, at, by })),
  };
}

async function createModel(
  database: Database,
  name: string,
  description: string,
  tags: readonly KeyValue[],
  at: Instant,
): Promise<boolean> {
  const [made] = await database.$client.batch(
    [
      {
        sql: `INSERT INTO registered_models (name, description, creation_timestamp, last_updated_timestamp) VALUES (?1, ?2, ?3, ?3)
          ON CONFLICT DO NOTHING`,
        args: [name, description, at],
      },
      {
        sql: `INSERT INTO registered_model_tags (name, key, value) SELECT ?1, value ->> 'key', value ->> 'value' FROM json_each(?2)
          WHERE changes() > 0 ON CONFLICT DO UPDATE SET value = excluded.value`,
        args: [name, JSON.stringify(tags)],
      },
    ],
    "write",
  );
  return (made?.rowsAffected ?? 0) > 0;
}

/** The new name first, since versions refer to it, then all that goes with it; a name that is taken meanwhile ends the transaction. */
async function renameModel(database: Database, name: string, new_name: string, at: Instant): Promise<boolean> {
  const taken = await database.$client.execute({ sql: "SELECT 1 FROM registered_models WHERE name = ?", args: [new_name] });
  if (taken.rows.length > 0) return false;
  await database.$client.batch(
    [
      {
        sql: `INSERT INTO registered_models (name, description, creation_timestamp, last_updated_timestamp)
          SELECT ?2, description, creation_timestamp, ?3 FROM registered_models WHERE name = ?1`,
        args: [name, new_name, at],
      },
      ...[...NAMED, ...RECORDS].map((table) => ({ sql: `UPDATE ${table} SET name = ?2 WHERE name = ?1`, args: [name, new_name] })),
      { sql: "DELETE FROM registered_models WHERE name = ?", args: [name] },
    ],
    "write",
  );
  return true;
}

async function deleteModel(database: Database, name: string, at: Instant): Promise<void> {
  await database.$client.batch(
    [
      ...RECORDS.map((table) => ({ sql: `UPDATE ${table} SET name = ?2 WHERE name = ?1`, args: [name, `${name} (deleted at ${at})`] })),
      ...NAMED.toReversed().map((table) => ({ sql: `DELETE FROM ${table} WHERE name = ?`, args: [name] })),
      { sql: "DELETE FROM registered_models WHERE name = ?", args: [name] },
    ],
    "write",
  );
}
