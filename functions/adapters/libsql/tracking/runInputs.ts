import { sql } from "drizzle-orm";
import type { RunDataset } from "../../../../shared/ports/runDataset.ts";
import type { RunModel, UsedDataset } from "../../../../shared/ports/runStore.ts";
import type { Statement } from "../bulk.ts";
import type { Database } from "../database.ts";
import { experimentsMeant } from "./experimentsMeant.ts";
import { onActive, writeToRun } from "./runEntries.ts";

/** MLflow's name for the tag that says what a data set was for. */
const CONTEXT_TAG = "mlflow.data.context";

/** What a run has already stays as it was logged first. */
export async function addInputs(
  database: Database,
  run_id: string,
  datasets: readonly RunDataset[],
  models: readonly RunModel[],
): Promise<void> {
  await writeToRun(database, run_id, [
    ...datasets.map((dataset) => datasetInsert(run_id, dataset)),
    ...modelInserts(run_id, "input", models),
  ]);
}

export async function addOutputs(database: Database, run_id: string, models: readonly RunModel[]): Promise<void> {
  await writeToRun(database, run_id, modelInserts(run_id, "output", models));
}

/** Those of each experiment, each once. */
export async function usedDatasets(database: Database, experiment_ids: readonly string[], limit: number): Promise<readonly UsedDataset[]> {
  const rows = await database.all<UsedDataset>(sql`
    SELECT DISTINCT r.experiment_id, d.name, d.digest, d.context FROM run_datasets AS d JOIN runs AS r USING (run_id)
    WHERE r.experiment_id IN (${experimentsMeant(experiment_ids)}) AND r.lifecycle_stage = 'active'
    ORDER BY r.experiment_id, d.name, d.digest, d.context LIMIT ${limit}`);
  return rows.map((row) => ({ ...row, experiment_id: String(row.experiment_id) }));
}

export function datasetInsert(run_id: string, { name, digest, source_type, source, schema, profile, tags }: RunDataset): Statement {
  const context = tags.find(({ key }) => key === CONTEXT_TAG)?.value ?? null;
  return onActive(
    `INSERT INTO run_datasets (run_id, name, digest, source_type, source, schema, profile, tags, context)
      SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 WHERE IS_ACTIVE ON CONFLICT DO NOTHING`,
    run_id,
    ...[name, digest, source_type, source, schema, profile, JSON.stringify(tags), context],
  );
}

function modelInserts(run_id: string, direction: "input" | "output", models: readonly RunModel[]): readonly Statement[] {
  const sql = `INSERT INTO run_models (run_id, direction, model_id, step) SELECT ?1, ?2, value ->> 'model_id', value ->> 'step'
    FROM json_each(?3) WHERE IS_ACTIVE ON CONFLICT DO NOTHING`;
  return models.length === 0 ? [] : [onActive(sql, run_id, direction, JSON.stringify(models))];
}
