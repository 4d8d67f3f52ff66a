import type { Instant } from "../../../../shared/domain/instant.ts";
import type { LifecycleStage } from "../../../../shared/ports/experimentStore.ts";
import type { NewRun, Run, RunChange, RunInfo, RunStore } from "../../../../shared/ports/runStore.ts";
import type { Statement } from "../bulk.ts";
import { type Database, withStore } from "../database.ts";
import { metricHistory, metricSteps } from "./metricHistory.ts";
import { infoOf, readRuns, runReads, runsOf } from "./readRuns.ts";
import { logEntries, onActive, RUN_NAME_TAG, writeToRun } from "./runEntries.ts";
import { addInputs, addOutputs, usedDatasets } from "./runInputs.ts";
import { searchRuns } from "./searchRuns.ts";

/** Runs of MLflow's clients, in the tables that training logs to. */
export function createRunStore(database: Database): RunStore {
  return {
    create: (run) => withStore(() => create(database, run)),
    get: (run_id) => withStore(async () => (await readRuns(database, [run_id]))[0] ?? null),
    info: (run_id) =>
      withStore(async () => {
        const { rows } = await database.$client.execute(infoOfRun(run_id));
        return rows[0] ? infoOf(rows[0]) : null;
      }),
    search: (search) => withStore(async () => readRuns(database, await searchRuns(database, search))),
    update: (run_id, change) => withStore(() => update(database, run_id, change)),
    log: (run_id, entries) => withStore(() => logEntries(database, run_id, entries)),
    deleteTag: (run_id, key) => withStore(() => deleteTag(database, run_id, key)),
    setStage: (run_id, stage, at) => withStore(() => setStage(database, run_id, stage, at)),
    history: (query) => withStore(() => metricHistory(database, query)),
    metricSteps: (run_ids, key, start, end) => withStore(() => metricSteps(database, run_ids, key, start, end)),
    addInputs: (run_id, datasets, models) => withStore(() => addInputs(database, run_id, datasets, models)),
    addOutputs: (run_id, models) => withStore(() => addOutputs(database, run_id, models)),
    usedDatasets: (experiment_ids, limit) => withStore(() => usedDatasets(database, experiment_ids, limit)),
  };
}

/** Written and read in one transaction, and one request. */
async function create(database: Database, { info, tags }: NewRun): Promise<Run> {
  const { run_id, experiment_id, run_name, user_id, status, start_time, artifact_uri } = info;
  const results = await database.$client.batch(
    [
      {
        sql: `INSERT INTO runs (run_id, experiment_id, run_name, user_id, status, start_time, artifact_uri) VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT DO NOTHING`,
        args: [run_id, experiment_id, run_name, user_id, status, start_time, artifact_uri],
      },
      {
        sql: `INSERT INTO run_tags (run_id, key, value) SELECT ?1, value ->> 'key', value ->> 'value' FROM json_each(?2)
          WHERE true ON CONFLICT DO UPDATE SET value = excluded.value`,
        args: [run_id, JSON.stringify(tags)],
      },
      ...runReads([run_id]),
    ],
    "write",
  );
  return runsOf([run_id], results.slice(2))[0]!;
}

async function update(database: Database, run_id: string, { status, end_time, run_name }: RunChange): Promise<RunInfo> {
  const facts = onActive(
    `UPDATE runs SET status = coalesce(?2, status), end_time = coalesce(?3, end_time), run_name = coalesce(?4, run_name)
      WHERE run_id = ?1 AND IS_ACTIVE`,
    run_id,
    ...[status ?? null, end_time ?? null, run_name ?? null],
  );
  const tag = onActive(
    `INSERT INTO run_tags (run_id, key, value) SELECT ?1, '${RUN_NAME_TAG}', ?2 WHERE ?2 IS NOT NULL AND IS_ACTIVE
      ON CONFLICT DO UPDATE SET value = excluded.value`,
    run_id,
    run_name ?? null,
  );
  const results = await writeToRun(database, run_id, [facts, tag, infoOfRun(run_id)]);
  return infoOf(results.at(-1)!.rows[0]!);
}

function infoOfRun(run_id: string): Statement {
  return { sql: "SELECT * FROM runs WHERE run_id = ?", args: [run_id] };
}

async function deleteTag(database: Database, run_id: string, key: string): Promise<boolean> {
  const deletion = onActive("DELETE FROM run_tags WHERE run_id = ?1 AND key = ?2 AND IS_ACTIVE", run_id, key);
  const [, deleted] = await writeToRun(database, run_id, [deletion]);
  return (deleted?.rowsAffected ?? 0) > 0;
}

async function setStage(database: Database, run_id: string, stage: LifecycleStage, at: Instant): Promise<boolean> {
  const { rowsAffected } = await database.$client.execute({
    sql: "UPDATE runs SET lifecycle_stage = ?2, deleted_time = ?3 WHERE run_id = ?1",
    args: [run_id, stage, stage === "deleted" ? at : null],
  });
  return rowsAffected > 0;
}
