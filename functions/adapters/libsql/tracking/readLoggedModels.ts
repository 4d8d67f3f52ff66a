import type { Row } from "@libsql/client/web";
import { sql } from "drizzle-orm";
import type { LoggedModel, LoggedModelSearch, ModelMetric } from "../../../../shared/ports/loggedModelStore.ts";
import type { Database } from "../database.ts";
import { pairOf } from "./experiments.ts";
import { experimentsMeant } from "./experimentsMeant.ts";
import { childrenOf, conditionsSql, orderSql, type SearchSource } from "./searchSql.ts";

const ATTRIBUTES = ["name", "model_id", "model_type", "status", "source_run_id", "creation_timestamp_ms", "last_updated_timestamp_ms"];
const OF_MODEL = "c.model_id = m.model_id";

const SOURCE: SearchSource = {
  columns: Object.fromEntries(ATTRIBUTES.map((name) => [name, `m.${name}`])),
  children: {
    param: childrenOf("logged_model_params", OF_MODEL),
    tag: childrenOf("logged_model_tags", OF_MODEL),
  },
};

/** Ids of the models of a page, and of one more. Among equals the newest come first. */
export async function searchLoggedModels(database: Database, search: LoggedModelSearch): Promise<readonly string[]> {
  const { conditions, orders, page, experiment_ids, datasets } = search;
  const source = withDatasets(datasets);
  const is_measured = conditions.some(({ kind }) => kind === "metric");
  const measured = sql`EXISTS (SELECT 1 FROM ${source.children.metric!.from})`;
  const order = orderSql(orders, source, ["m.creation_timestamp_ms DESC", "m.model_id"]);
  const rows = await database.all<{ model_id: string }>(sql`
    SELECT ${sql.join([sql`m.model_id`, ...order.columns], sql`, `)} FROM logged_models AS m
    WHERE m.experiment_id IN (${experimentsMeant(experiment_ids)})
      AND m.lifecycle_stage = 'active' AND ${conditionsSql(conditions, source)}
      AND ${datasets.length > 0 && !is_measured ? measured : sql`true`}
    ORDER BY ${order.by} LIMIT ${page.limit + 1} OFFSET ${page.offset}`);
  return rows.map(({ model_id }) => model_id);
}

/** Where data sets are named, the metrics that count are those that were measured on one of them. An order goes by the newest point. */
function withDatasets(datasets: LoggedModelSearch["datasets"]): SearchSource {
  const wanted = JSON.stringify(datasets.map(({ dataset_name, dataset_digest }) => [dataset_name, dataset_digest ?? null]));
  const on_one = sql`EXISTS (SELECT 1 FROM json_each(${wanted}) AS d WHERE d.value ->> 0 = c.dataset_name
    AND (d.value ->> 1 IS NULL OR d.value ->> 1 = c.dataset_digest))`;
  const counts = datasets.length === 0 ? sql`true` : on_one;
  const metric = {
    ...childrenOf("logged_model_metrics", OF_MODEL),
    from: sql`logged_model_metrics AS c WHERE ${sql.raw(OF_MODEL)} AND ${counts}`,
    first: sql`ORDER BY c.timestamp DESC LIMIT 1`,
  };
  return { ...SOURCE, children: { ...SOURCE.children, metric } };
}

/** Models with all that they carry, in the order of the ids; those that are deleted are left out. */
export async function readLoggedModels(database: Database, model_ids: readonly string[]): Promise<readonly LoggedModel[]> {
  if (model_ids.length === 0) return [];
  const args = [JSON.stringify(model_ids)];
  const select = (table: string, order: string) => ({
    sql: `SELECT * FROM ${table} WHERE model_id IN (SELECT value FROM json_each(?)) ORDER BY ${order}`,
    args,
  });
  const [models, tags, params, metrics] = await database.$client.batch(
    [
      select("logged_models", "model_id"),
      select("logged_model_tags", "model_id, key"),
      select("logged_model_params", "model_id, key"),
      select("logged_model_metrics", "model_id, key, timestamp, step"),
    ],
    "read",
  );
  const byId = new Map(models!.rows.map((row) => [String(row["model_id"]), row]));
  return model_ids.flatMap((model_id) => {
    const row = byId.get(model_id);
    if (row?.["lifecycle_stage"] !== "active") return [];
    const own = (rows: readonly Row[]) => rows.filter((one) => one["model_id"] === model_id);
    const { lifecycle_stage: _, experiment_id, ...model } = row as unknown as LoggedModel & { readonly lifecycle_stage: string };
    return [
      {
        ...model,
        experiment_id: String(experiment_id),
        tags: own(tags!.rows).map(pairOf),
        params: own(params!.rows).map(pairOf),
        metrics: own(metrics!.rows).map(metricOf),
      },
    ];
  });
}

function metricOf(row: Row): ModelMetric {
  const { model_id, run_id, key, timestamp, step, dataset_name, dataset_digest } = row as unknown as ModelMetric;
  return { model_id, run_id, key, value: Number(row["value"]), timestamp, step, dataset_name, dataset_digest };
}
