import { asc, eq, sql } from "drizzle-orm";
import type { LoggedRun, Metric, RunStatus } from "../../../../shared/ports/tracking.ts";
import { chunksOf } from "../bulk.ts";
import type { Database } from "../database.ts";
import { experiments, runMetrics, runParams, runs, runTags } from "../schema/tracking.ts";

/** Rows a statement: at most 5 parameters each, well under sqld's 32,766. */
const CHUNK_ROWS = 1_000;

/** Upserts a run and all that it carries, in one transaction; its experiment is made when it is new. */
export async function logRun(database: Database, run: LoggedRun): Promise<void> {
  const facts = {
    run_name: run.run_name,
    status: run.status,
    start_time: run.start_time,
    end_time: run.end_time,
    artifact_uri: run.artifact_uri,
  };
  const experiment_id = sql<number>`(SELECT ${experiments.experiment_id} FROM ${experiments} WHERE ${experiments.name} = ${run.experiment})`;
  await database.batch([
    database
      .insert(experiments)
      .values({ name: run.experiment, artifact_location: "", creation_time: run.start_time, last_update_time: run.start_time })
      .onConflictDoNothing(),
    // Its own id is part of the location, as in MLflow, and known only now.
    database
      .update(experiments)
      .set({ artifact_location: sql`'mlflow-artifacts:/' || ${experiments.experiment_id}` })
      .where(eq(experiments.artifact_location, "")),
    database
      .insert(runs)
      .values({ run_id: run.run_id, experiment_id, ...facts })
      .onConflictDoUpdate({ target: runs.run_id, set: { experiment_id, ...facts } }),
    ...pairInserts(database, runParams, run.run_id, run.params),
    ...pairInserts(database, runTags, run.run_id, run.tags),
    ...metricInserts(database, run.run_id, run.metrics),
  ]);
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
  const { experiment_id: _, lifecycle_stage: __, ...run } = row.run;
  return {
    ...run,
    status: run.status as RunStatus,
    experiment: row.experiment,
    params: toRecord(params),
    tags: toRecord(tags),
    metrics: metrics.map(({ key, value, timestamp, step }) => ({ key, value: Number(value), timestamp, step })),
  };
}

function pairInserts(
  database: Database,
  table: typeof runParams | typeof runTags,
  run_id: string,
  pairs: Readonly<Record<string, string>>,
) {
  const rows = Object.entries(pairs).map(([key, value]) => ({ run_id, key, value }));
  return chunksOf(rows, CHUNK_ROWS).map((chunk) =>
    database
      .insert(table)
      .values([...chunk])
      .onConflictDoUpdate({ target: [table.run_id, table.key], set: { value: sql`excluded.value` } }),
  );
}

function metricInserts(database: Database, run_id: string, metrics: readonly Metric[]) {
  return chunksOf(metrics, CHUNK_ROWS).map((chunk) =>
    database
      .insert(runMetrics)
      .values(chunk.map((metric) => ({ run_id, ...metric, value: toStored(metric.value) })))
      .onConflictDoUpdate({
        target: [runMetrics.run_id, runMetrics.key, runMetrics.step, runMetrics.timestamp],
        set: { value: sql`excluded.value` },
      }),
  );
}

/** NaN and the infinities are kept as the texts that MLflow sends them as: SQLite would make NaN null. */
function toStored(value: number) {
  return Number.isFinite(value) ? value : sql<number>`${String(value)}`;
}

function toRecord(pairs: readonly { readonly key: string; readonly value: string }[]): Record<string, string> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
}
