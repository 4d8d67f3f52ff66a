import type { Instant } from "../../../../shared/domain/instant.ts";
import type { KeyValue } from "../../../../shared/ports/experimentStore.ts";
import type { LoggedModel, LoggedModelStore, ModelMetric } from "../../../../shared/ports/loggedModelStore.ts";
import type { Statement } from "../bulk.ts";
import { type Database, withStore } from "../database.ts";
import { toStored } from "./metricPoints.ts";
import { readLoggedModels, searchLoggedModels } from "./readLoggedModels.ts";

export function createLoggedModelStore(database: Database): LoggedModelStore {
  const write = (...statements: readonly Statement[]) => withStore(() => database.$client.batch([...statements], "write"));
  return {
    create: async (model) => void (await write(...createStatements(model))),
    get: (model_id) => withStore(async () => (await readLoggedModels(database, [model_id]))[0] ?? null),
    search: (search) => withStore(async () => readLoggedModels(database, await searchLoggedModels(database, search))),
    setStatus: async (model_id, status, at) => {
      const sql = "UPDATE logged_models SET status = ?2, last_updated_timestamp_ms = ?3 WHERE model_id = ?1";
      await write({ sql, args: [model_id, status, at] });
    },
    setTags: async (model_id, tags) =>
      void (await write(pairStatement("logged_model_tags", model_id, tags, "UPDATE SET value = excluded.value"))),
    deleteTag: async (model_id, key) => {
      const [done] = await write({ sql: "DELETE FROM logged_model_tags WHERE model_id = ? AND key = ?", args: [model_id, key] });
      return (done?.rowsAffected ?? 0) > 0;
    },
    addParams: async (model_id, params) => void (await write(pairStatement("logged_model_params", model_id, params, "NOTHING"))),
    addMetrics: async (metrics) => {
      if (metrics.length > 0) await write(...metrics.map(metricStatement));
    },
    delete: async (model_id, at) => void (await write(deleteStatement(model_id, at))),
  };
}

function createStatements(model: Omit<LoggedModel, "metrics">): readonly Statement[] {
  const { model_id, experiment_id, name, artifact_location, creation_timestamp_ms, status, model_type, source_run_id } = model;
  return [
    {
      sql: `INSERT INTO logged_models (model_id, experiment_id, name, artifact_location, creation_timestamp_ms, last_updated_timestamp_ms,
          status, model_type, source_run_id) VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING`,
      args: [model_id, experiment_id, name, artifact_location, creation_timestamp_ms, status, model_type, source_run_id],
    },
    pairStatement("logged_model_tags", model_id, model.tags, "UPDATE SET value = excluded.value"),
    pairStatement("logged_model_params", model_id, model.params, "NOTHING"),
  ];
}

function pairStatement(table: string, model_id: string, pairs: readonly KeyValue[], conflict: string): Statement {
  return {
    sql: `INSERT INTO ${table} (model_id, key, value) SELECT ?1, value ->> 'key', value ->> 'value' FROM json_each(?2)
      WHERE true ON CONFLICT DO ${conflict}`,
    args: [model_id, JSON.stringify(pairs)],
  };
}

function metricStatement({ model_id, run_id, key, value, timestamp, step, dataset_name, dataset_digest }: ModelMetric): Statement {
  return {
    sql: `INSERT INTO logged_model_metrics (model_id, run_id, key, value, timestamp, step, dataset_name, dataset_digest)
      SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE EXISTS (SELECT 1 FROM logged_models WHERE model_id = ?1) ON CONFLICT DO NOTHING`,
    args: [model_id, run_id, key, toStored(value), timestamp, step, dataset_name, dataset_digest],
  };
}

function deleteStatement(model_id: string, at: Instant): Statement {
  const sql = "UPDATE logged_models SET lifecycle_stage = 'deleted', last_updated_timestamp_ms = ?2 WHERE model_id = ?1";
  return { sql, args: [model_id, at] };
}
