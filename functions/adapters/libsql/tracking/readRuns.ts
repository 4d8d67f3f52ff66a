import type { ResultSet, Row } from "@libsql/client/web";
import type { KeyValue } from "../../../../shared/ports/experimentStore.ts";
import type { RunDataset } from "../../../../shared/ports/runDataset.ts";
import type { Run, RunInfo, RunModel } from "../../../../shared/ports/runStore.ts";
import type { Metric } from "../../../../shared/ports/tracking.ts";
import type { Statement } from "../bulk.ts";
import type { Database } from "../database.ts";
import { pairOf } from "./experiments.ts";

const TABLES = ["runs", "latest_metrics", "run_params", "run_tags", "run_datasets", "run_models"] as const;
/** The order of a run's rows; those of MLflow come as its database gives them. */
const ORDER_BY: Readonly<Record<(typeof TABLES)[number], string>> = {
  runs: "run_id",
  latest_metrics: "run_id, key",
  run_params: "run_id, key",
  run_tags: "run_id, key",
  run_datasets: "run_id, name, digest",
  run_models: "run_id, direction, step, model_id",
};

/** Runs with all that they carry, in the order of the ids; those that there are not are left out. */
export async function readRuns(database: Database, run_ids: readonly string[]): Promise<readonly Run[]> {
  if (run_ids.length === 0) return [];
  return runsOf(run_ids, await database.$client.batch([...runReads(run_ids)], "read"));
}

/** What reads runs, also behind a write and in its transaction: the results are for runsOf. */
export function runReads(run_ids: readonly string[]): readonly Statement[] {
  const args = [JSON.stringify(run_ids)];
  return TABLES.map((table) => ({
    sql: `SELECT * FROM ${table} WHERE run_id IN (SELECT value FROM json_each(?)) ORDER BY ${ORDER_BY[table]}`,
    args,
  }));
}

export function runsOf(run_ids: readonly string[], results: readonly ResultSet[]): readonly Run[] {
  const [runs, metrics, params, tags, datasets, models] = results.map(({ rows }) => byRun(rows));
  return run_ids.flatMap((run_id) => {
    const own = (rows: ReadonlyMap<string, readonly Row[]> | undefined) => rows?.get(run_id) ?? [];
    const [row] = own(runs);
    if (!row) return [];
    return [
      {
        info: infoOf(row),
        metrics: own(metrics).map(metricOf),
        params: own(params).map(pairOf),
        tags: own(tags).map(pairOf),
        datasets: own(datasets).map(datasetOf),
        model_inputs: modelsOf(own(models), "input"),
        model_outputs: modelsOf(own(models), "output"),
      },
    ];
  });
}

function byRun(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const run_id = String(row["run_id"]);
    const own = found.get(run_id);
    if (own) own.push(row);
    else found.set(run_id, [row]);
  }
  return found;
}

export function infoOf(row: Row): RunInfo {
  const { run_id, run_name, user_id, status, start_time, end_time, artifact_uri, lifecycle_stage } = row as unknown as RunInfo;
  const experiment_id = String(row["experiment_id"]);
  return { run_id, experiment_id, run_name, user_id, status, start_time, end_time, artifact_uri, lifecycle_stage };
}

export function metricOf(row: Row): Metric {
  const { key, timestamp, step } = row as unknown as Metric;
  return { key, value: Number(row["value"]), timestamp, step };
}

function datasetOf(row: Row): RunDataset {
  const { name, digest, source_type, source, schema, profile } = row as unknown as RunDataset;
  return { name, digest, source_type, source, schema, profile, tags: JSON.parse(String(row["tags"])) as readonly KeyValue[] };
}

function modelsOf(rows: readonly Row[], direction: "input" | "output"): readonly RunModel[] {
  return rows
    .filter((row) => row["direction"] === direction)
    .map((row) => ({ model_id: String(row["model_id"]), step: Number(row["step"]) }));
}
