import type { ResultSet } from "@libsql/client/web";
import type { Instant } from "../../../../shared/domain/instant.ts";
import type {
  Experiment,
  ExperimentSearch,
  ExperimentStore,
  KeyValue,
  LifecycleStage,
  NewExperiment,
} from "../../../../shared/ports/experimentStore.ts";
import type { Statement } from "../bulk.ts";
import { type Database, withStore } from "../database.ts";
import { searchExperiments } from "./searchExperiments.ts";

/** Where the files of an experiment lie that says nothing of them. Its own id is part of it, as in MLflow, and known only then. */
export const LOCATE_EXPERIMENTS: Statement = {
  sql: "UPDATE experiments SET artifact_location = 'mlflow-artifacts:/' || experiment_id WHERE artifact_location = ''",
  args: [],
};

export function createExperimentStore(database: Database): ExperimentStore {
  return {
    create: (experiment) => withStore(() => create(database, experiment)),
    get: (experiment_id) => withStore(() => findOne(database, "experiment_id", Number(experiment_id))),
    named: (name) => withStore(() => findOne(database, "name", name)),
    search: (search: ExperimentSearch) => withStore(async () => readExperiments(database, await searchExperiments(database, search))),
    rename: (experiment_id, name, at) => withStore(() => rename(database, experiment_id, name, at)),
    setStage: (experiment_id, stage, at) => withStore(() => setStage(database, experiment_id, stage, at)),
    setTag: (experiment_id, tag) => withStore(() => setTag(database, experiment_id, tag)),
    deleteTag: (experiment_id, key) =>
      withStore(async () => {
        const args = [experiment_id, key];
        const done = await database.$client.execute({ sql: "DELETE FROM experiment_tags WHERE experiment_id = ? AND key = ?", args });
        return done.rowsAffected > 0;
      }),
  };
}

async function create(database: Database, { name, artifact_location, tags, at }: NewExperiment): Promise<string | null> {
  const made = await database.$client.batch(
    [
      {
        sql: `INSERT INTO experiments (name, artifact_location, creation_time, last_update_time) VALUES (?1, ?2, ?3, ?3) ON CONFLICT DO NOTHING`,
        args: [name, artifact_location ?? "", at],
      },
      {
        sql: `INSERT INTO experiment_tags (experiment_id, key, value)
          SELECT (SELECT experiment_id FROM experiments WHERE name = ?1), value ->> 'key', value ->> 'value' FROM json_each(?2)
          WHERE changes() > 0 ON CONFLICT DO UPDATE SET value = excluded.value`,
        args: [name, JSON.stringify(tags)],
      },
      LOCATE_EXPERIMENTS,
      { sql: "SELECT experiment_id FROM experiments WHERE name = ?", args: [name] },
    ],
    "write",
  );
  return made[0]?.rowsAffected === 0 ? null : String(made[3]?.rows[0]?.[0]);
}

async function rename(database: Database, experiment_id: string, name: string, at: Instant): Promise<boolean> {
  const { rowsAffected } = await database.$client.execute({
    sql: `UPDATE experiments SET name = ?2, last_update_time = ?3 WHERE experiment_id = ?1
      AND NOT EXISTS (SELECT 1 FROM experiments AS other WHERE other.name = ?2 AND other.experiment_id <> ?1)`,
    args: [experiment_id, name, at],
  });
  return rowsAffected > 0;
}

async function setStage(database: Database, experiment_id: string, stage: LifecycleStage, at: Instant): Promise<void> {
  const deleted_time = stage === "deleted" ? at : null;
  await database.$client.batch(
    [
      {
        sql: "UPDATE experiments SET lifecycle_stage = ?2, last_update_time = ?3 WHERE experiment_id = ?1",
        args: [experiment_id, stage, at],
      },
      {
        sql: "UPDATE runs SET lifecycle_stage = ?2, deleted_time = ?3 WHERE experiment_id = ?1",
        args: [experiment_id, stage, deleted_time],
      },
    ],
    "write",
  );
}

async function setTag(database: Database, experiment_id: string, { key, value }: KeyValue): Promise<void> {
  await database.$client.execute({
    sql: "INSERT INTO experiment_tags (experiment_id, key, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
    args: [experiment_id, key, value],
  });
}

async function findOne(database: Database, column: "experiment_id" | "name", value: string | number): Promise<Experiment | null> {
  const meant = `SELECT experiment_id FROM experiments WHERE ${column} = ?`;
  const [experiment] = experimentsOf(await database.$client.batch([...experimentReads(meant, value)], "read"));
  return experiment ?? null;
}

/** In the order of the ids. */
async function readExperiments(database: Database, ids: readonly number[]): Promise<readonly Experiment[]> {
  if (ids.length === 0) return [];
  const found = experimentsOf(
    await database.$client.batch([...experimentReads("SELECT value FROM json_each(?)", JSON.stringify(ids))], "read"),
  );
  const by_id = new Map(found.map((experiment) => [experiment.experiment_id, experiment]));
  return ids.flatMap((id) => by_id.get(String(id)) ?? []);
}

/** Of the experiments whose ids the SQL gives for the argument. */
function experimentReads(meant: string, arg: string | number): readonly Statement[] {
  return [
    { sql: `SELECT * FROM experiments WHERE experiment_id IN (${meant})`, args: [arg] },
    { sql: `SELECT * FROM experiment_tags WHERE experiment_id IN (${meant}) ORDER BY key`, args: [arg] },
  ];
}

function experimentsOf([rows, tags]: readonly ResultSet[]): readonly Experiment[] {
  return rows!.rows.map((row) => {
    const own = tags!.rows.filter((tag) => tag["experiment_id"] === row["experiment_id"]);
    return { ...(row as unknown as Experiment), experiment_id: String(row["experiment_id"]), tags: own.map(pairOf) };
  });
}

/** The key and the value of a row. */
export function pairOf(row: { readonly [column: string]: unknown }): KeyValue {
  return { key: String(row["key"]), value: String(row["value"]) };
}
