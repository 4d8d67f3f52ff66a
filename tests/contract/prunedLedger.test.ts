import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPrunedLedger } from "../../functions/adapters/libsql/prunedLedger.ts";
import { FILES_PRUNED_TAG } from "../../shared/retention/retention.ts";
import { CONTRACT_DATABASES, type ContractDatabase } from "../support/databases/contractDatabases.ts";

const A = "a".repeat(64);
const B = "b".repeat(64);

describe.each(CONTRACT_DATABASES)("what of the ledger may be forgotten: %s", (_name, open) => {
  let opened: ContractDatabase;
  const run = (...statements: readonly string[]) => opened.database.$client.batch([...statements], "write");
  const ledger = () => createPrunedLedger(opened.database);
  beforeEach(async () => {
    opened = await open();
    const runs = ["part", "pool", "loose", "client"].map(
      (id) =>
        `INSERT INTO runs (run_id, experiment_id, run_name, status, start_time, artifact_uri) VALUES ('${id}', 0, 'n', 'FINISHED', 1, 'models/${id}/artifacts')`,
    );
    const sets = [A, B].map(
      (
        one,
      ) => `INSERT INTO datasets (sha256, key, instrument, rows, first_event_time, last_event_time, as_of, feature_set_hash, feature_names)
        VALUES ('${one}', 'datasets/${one}.parquet', 'USD_SGD', 1, 1, 1, 1, 'f', '[]')`,
    );
    await run(
      ...runs,
      ...sets,
      "INSERT INTO registered_models (name, creation_timestamp, last_updated_timestamp) VALUES ('m', 1, 1), ('c', 1, 1)",
      "INSERT INTO model_versions (name, version, run_id, source, creation_timestamp, last_updated_timestamp, recorded_at) VALUES ('m', 1, 'part', 'models/part/artifacts/model', 1, 1, 1)",
      "INSERT INTO model_versions (name, version, run_id, source, creation_timestamp, last_updated_timestamp, recorded_at) VALUES ('c', 1, '', 'mlflow-artifacts:/models/client/artifacts/model', 1, 1, 1)",
      `INSERT INTO run_tags (run_id, key, value) VALUES ('part', 'pool_run_id', 'pool'), ('part', 'dataset', '${A}'), ('loose', 'dataset', '${B}')`,
      `INSERT INTO run_datasets (run_id, name, digest, source_type, source, tags) VALUES ('pool', 'n', 'd', 'http', '{"url":"/api/datasets/${B}.parquet"}', '[]')`,
    );
  });
  afterEach(() => opened.stop());

  it("knows runs by their versions and by the files that these name, what they come from, and what they were made of", async () => {
    const facts = await ledger().runFacts();
    expect([...facts.registered].filter((one) => one !== "").sort()).toEqual(["client", "part"]);
    expect(Object.fromEntries(facts.parents)).toEqual({ part: ["pool"] });
    expect(Object.fromEntries(facts.datasets)).toEqual({ part: [A], loose: [B], pool: [B] });
  });

  it("notes a run once, and none that is registered; files of a run that was never logged may go", async () => {
    const noted = await ledger().markPruned(["loose", "part", "client", "never logged"], 0);
    expect(noted).toEqual(["loose", "never logged"]);
    expect(await ledger().markPruned(["loose"], 99)).toEqual(["loose"]);
    const { rows } = await opened.database.$client.execute(`SELECT run_id, value FROM run_tags WHERE key = '${FILES_PRUNED_TAG}'`);
    expect(rows.map((row) => [row[0], row[1]])).toEqual([["loose", "1970-01-01T00:00:00.000Z"]]);
    expect([...(await ledger().runFacts()).pruned]).toEqual(["loose"]);
  });

  it("forgets a set when the last run that names it is noted, and says what is not there any more", async () => {
    expect(await ledger().forgetDatasets([A, B, "c".repeat(64)])).toEqual(["c".repeat(64)]);
    await ledger().markPruned(["loose"], 0);
    expect(await ledger().forgetDatasets([B])).toEqual([]);
    await ledger().markPruned(["pool"], 0);
    expect(await ledger().forgetDatasets([A, B])).toEqual([B]);
  });

  it("empties old logs and keeps the tries, some at a time", async () => {
    const tries = [1, 2, 3].map(
      (end) =>
        `INSERT INTO task_attempts (dag_id, run_id, task_id, map_key, try_number, state, start_date, end_date, log) VALUES ('d', 'r', 't', '', ${end}, 'success', 0, ${end}, 'é')`,
    );
    await run(...tries);
    expect(await ledger().oldLogs(3)).toEqual({ found: 2, bytes: 4 });
    expect([await ledger().forgetLogs(3, 1), await ledger().forgetLogs(3, 9), await ledger().forgetLogs(3, 9)]).toEqual([1, 1, 0]);
    const { rows } = await opened.database.$client.execute("SELECT log FROM task_attempts ORDER BY end_date");
    expect(rows.map((row) => row[0])).toEqual(["", "", "é"]);
  });

  it("forgets old readings and ended alerts; what fires, and who is still to be told, stays", async () => {
    await run(
      `INSERT INTO monitor_readings ("check", subject, metric, measured_at, status, details) VALUES ('c', 's', 'm', 1, 'ok', '{}'), ('c', 's', 'm', 5, 'ok', '{}')`,
      `INSERT INTO alerts (fingerprint, "check", subject, metric, severity, state, summary, starts_at, last_seen_at, ends_at)
        VALUES ('ended', 'c', 's', 'm', 'warning', 'resolved', '', 0, 0, 1), ('fires', 'c', 's', 'm', 'warning', 'firing', '', 0, 0, NULL)`,
      "INSERT INTO callbacks (dedupe_key, kind, dag_id, run_id, details, created_at, next_attempt_at) VALUES ('open', 'alert', 'd', 'r', '{}', 0, 0)",
      "INSERT INTO callback_deliveries (dedupe_key, channel, told_at) VALUES ('open', 'log', 1), ('done', 'log', 1)",
    );
    expect(await ledger().oldReadings(3)).toEqual({ found: 3, bytes: 0 });
    expect([await ledger().forgetReadings(3, 100), await ledger().forgetReadings(3, 100)]).toEqual([3, 0]);
    const { rows } = await opened.database.$client.execute(
      "SELECT (SELECT count(*) FROM monitor_readings), (SELECT group_concat(fingerprint) FROM alerts), (SELECT group_concat(dedupe_key) FROM callback_deliveries)",
    );
    expect([rows[0]?.[0], rows[0]?.[1], rows[0]?.[2]]).toEqual([1, "fires", "open"]);
  });
});
