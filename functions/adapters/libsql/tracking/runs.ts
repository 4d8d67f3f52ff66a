import { asc, eq } from "drizzle-orm";
import type { LoggedRun, Metric, RunStatus } from "../../../../shared/ports/tracking.ts";
import type { Statement } from "../bulk.ts";
import type { Database } from "../database.ts";
import { experiments, runMetrics, runParams, runs, runTags } from "../schema/tracking.ts";
import { LOCATE_EXPERIMENTS } from "./experiments.ts";
import { latestAnew, pointInserts } from "./metricPoints.ts";
import { datasetInsert } from "./runInputs.ts";

/** Upserts a run and all that it carries, in one transaction; its experiment is made when it is new. */
export async function logRun(database: Database, run: LoggedRun): Promise<void> {
  const { run_id, experiment, run_name, status, start_time, end_time, artifact_uri } = run;
  await database.$client.batch(
    [
      {
        sql: `INSERT INTO experiments (name, artifact_location, creation_time, last_update_time) VALUES (?1, '', ?2, ?2) ON CONFLICT DO NOTHING`,
        args: [experiment, start_time],
      },
      LOCATE_EXPERIMENTS,
      {
        sql: `INSERT INTO runs (run_id, experiment_id, run_name, status, start_time, end_time, artifact_uri)
          VALUES (?1, (SELECT experiment_id FROM experiments WHERE name = ?2), ?3, ?4, ?5, ?6, ?7)
          ON CONFLICT DO UPDATE SET experiment_id = excluded.experiment_id, run_name = excluded.run_name, status = excluded.status,
            start_time = excluded.start_time, end_time = excluded.end_time, artifact_uri = excluded.artifact_uri`,
        args: [run_id, experiment, run_name, status, start_time, end_time, artifact_uri],
      },
      pairUpsert("run_params", run_id, run.params),
      pairUpsert("run_tags", run_id, run.tags),
      ...metricStatements(run_id, run.metrics),
      ...(run.datasets ?? []).map((dataset) => datasetInsert(run_id, dataset)),
    ],
    "write",
  );
}

export async function findRun(database: Database, run_id: string): Promise<LoggedRun | null> {
  const [found, params, tags, metrics] = await database.batch([
    database
      .select({ run: runs, experiment: experiments.name })
      .from(runs)
      .innerJoin(experiments, eq(experiments.experiment_id, runs.experiment_id))
      .where(eq(runs.run_id, run_id)),
    database.select().from(runParams).where(eq(runParams.run_id, run_id)).orderBy(asc(runParams.key)),
    database.select().from(runTags).where(eq(runTags.run_id, run_id)).orderBy(asc(runTags.key)),
    database
      .select()
      .from(runMetrics)
      .where(eq(runMetrics.run_id, run_id))
      .orderBy(asc(runMetrics.key), asc(runMetrics.step), asc(runMetrics.timestamp)),
  ]);
  const row = found[0];
  if (!row) return null;
  const { experiment_id: _, lifecycle_stage: __, user_id: ___, deleted_time: ____, ...run } = row.run;
  return {
    ...run,
    status: run.status as RunStatus,
    experiment: row.experiment,
    params: toRecord(params),
    tags: toRecord(tags),
    metrics: metrics.map(({ key, value, timestamp, step }) => ({ key, value: Number(value), timestamp, step })),
  };
}

function pairUpsert(table: "run_params" | "run_tags", run_id: string, pairs: Readonly<Record<string, string>>): Statement {
  return {
    sql: `INSERT INTO ${table} (run_id, key, value) SELECT ?1, key, value FROM json_each(?2)
      WHERE true ON CONFLICT DO UPDATE SET value = excluded.value`,
    args: [run_id, JSON.stringify(pairs)],
  };
}

/** A point that is logged again has its new value: what ran twice says what it found last. */
function metricStatements(run_id: string, metrics: readonly Metric[]): readonly Statement[] {
  if (metrics.length === 0) return [];
  const points = JSON.stringify(metrics.map(({ key, step, timestamp }) => [key, step, timestamp]));
  const replaced = `DELETE FROM run_metrics WHERE run_id = ?1 AND (key, step, timestamp) IN
    (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?2))`;
  return [{ sql: replaced, args: [run_id, points] }, ...pointInserts(run_id, metrics), ...latestAnew(run_id)];
}

function toRecord(pairs: readonly { readonly key: string; readonly value: string }[]): Record<string, string> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
}
