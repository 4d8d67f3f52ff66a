import type { Instant } from "../../../shared/domain/instant.ts";
import type { Counted, PrunedLedger } from "../../../shared/ports/pruning.ts";
import type { RunFacts } from "../../../shared/retention/planLake.ts";
import { FILES_PRUNED_TAG } from "../../../shared/retention/retention.ts";
import { type Database, withStore } from "./database.ts";
import { readRow } from "./readRow.ts";

/** A notification that some channel has not taken yet is tried again, and those that have must not be told twice. */
const OLD_DELIVERIES = `told_at < :before
  AND NOT EXISTS (SELECT 1 FROM callbacks c WHERE c.dedupe_key = callback_deliveries.dedupe_key AND c.delivered_at IS NULL)`;
const OLD_READINGS = [
  ["monitor_readings", "measured_at < :before"],
  ["alerts", "state = 'resolved' AND ends_at < :before"],
  ["callback_deliveries", OLD_DELIVERIES],
] as const;
const OLD_LOGS = "end_date < :before AND log <> ''";

const REGISTERED = `SELECT run_id FROM model_versions UNION SELECT source FROM model_versions
  UNION SELECT storage_location FROM model_versions WHERE storage_location IS NOT NULL`;
/** Tags by which a run leads to another: of the pooled model that it is a part of, and of the sweep that chose its parameters. */
const PARENTS = "SELECT run_id, value FROM run_tags WHERE key IN ('pool_run_id', 'mlflow.parentRunId')";
const DATASETS = `SELECT run_id, value FROM run_tags WHERE key = 'dataset'
  UNION SELECT run_id, source FROM run_datasets WHERE source LIKE '%/datasets/%'`;
const PRUNED = `SELECT run_id FROM run_tags WHERE key = '${FILES_PRUNED_TAG}'`;

/** A run that has a version of its own, or whose files one names: not to be noted. */
const MARK = `INSERT INTO run_tags (run_id, key, value) SELECT r.run_id, '${FILES_PRUNED_TAG}', :at FROM runs r
  WHERE r.run_id IN (SELECT value FROM json_each(:runs)) AND NOT EXISTS (SELECT 1 FROM model_versions v
    WHERE v.run_id = r.run_id OR instr(v.source || ' ' || coalesce(v.storage_location, ''), 'models/' || r.run_id || '/') > 0)
  ON CONFLICT (run_id, key) DO NOTHING`;

const NAMED_BY_KEPT = `EXISTS (SELECT 1 FROM run_tags t WHERE t.key = 'dataset' AND t.value = datasets.sha256 AND t.run_id NOT IN (${PRUNED}))
  OR EXISTS (SELECT 1 FROM run_datasets d WHERE instr(d.source, datasets.sha256) > 0 AND d.run_id NOT IN (${PRUNED}))`;
const FORGET_DATASETS = `DELETE FROM datasets WHERE sha256 IN (SELECT value FROM json_each(:sets)) AND NOT (${NAMED_BY_KEPT})`;

const RUN_OF_PATH = /^(?:mlflow-artifacts:\/+)?models\/([^/]+)\//;
const SHA256 = /[0-9a-f]{64}/;

/** What of the ledger may be forgotten, on libSQL. */
export function createPrunedLedger({ $client }: Database): PrunedLedger {
  const read = (sql: string, args: Record<string, string | number> = {}) =>
    withStore(async () => (await $client.execute({ sql, args })).rows.map(readRow));
  const count = async (sql: string, before: Instant): Promise<Counted> => {
    const [row] = await read(sql, { before });
    return { found: row!.integer("found"), bytes: row!.integer("bytes") };
  };
  const write = (sql: string, args: Record<string, string | number>) =>
    withStore(async () => (await $client.execute({ sql, args })).rowsAffected);
  const pairs = async (sql: string, valueFor: (text: string) => string | undefined) => {
    const found = new Map<string, string[]>();
    const rows = await withStore(async () => (await $client.execute(sql)).rows);
    for (const row of rows) {
      const [run, value] = [String(row[0]), valueFor(String(row[1]))];
      if (value !== undefined) found.set(run, [...(found.get(run) ?? []), value]);
    }
    return found;
  };
  return {
    async oldReadings(before) {
      const parts = OLD_READINGS.map(([table, where]) => `(SELECT count(*) FROM ${table} WHERE ${where})`);
      return count(`SELECT ${parts.join(" + ")} AS found, 0 AS bytes`, before);
    },
    async forgetReadings(before, limit) {
      let forgotten = 0;
      for (const [table, where] of OLD_READINGS) {
        const sql = `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE ${where} LIMIT :limit)`;
        forgotten += await write(sql, { before, limit });
      }
      return forgotten;
    },
    oldLogs: (before) =>
      count(`SELECT count(*) AS found, coalesce(sum(octet_length(log)), 0) AS bytes FROM task_attempts WHERE ${OLD_LOGS}`, before),
    forgetLogs: (before, limit) =>
      write(`UPDATE task_attempts SET log = '' WHERE rowid IN (SELECT rowid FROM task_attempts WHERE ${OLD_LOGS} LIMIT :limit)`, {
        before,
        limit,
      }),
    async runFacts(): Promise<RunFacts> {
      const registered = await read(REGISTERED);
      const pruned = await read(PRUNED);
      return {
        registered: new Set(registered.map((row) => row.text("run_id")).map((text) => RUN_OF_PATH.exec(`${text}/`)?.[1] ?? text)),
        parents: await pairs(PARENTS, (text) => text),
        datasets: await pairs(DATASETS, (text) => SHA256.exec(text)?.[0]),
        pruned: new Set(pruned.map((row) => row.text("run_id"))),
      };
    },
    async markPruned(runs, at) {
      const args = { runs: JSON.stringify(runs) };
      await write(MARK, { ...args, at: new Date(at).toISOString() });
      const rows = await read(`${PRUNED} AND run_id IN (SELECT value FROM json_each(:runs))`, args);
      const known = await read("SELECT run_id FROM runs WHERE run_id IN (SELECT value FROM json_each(:runs))", args);
      const noted = new Set([...rows].map((row) => row.text("run_id")));
      const logged = new Set(known.map((row) => row.text("run_id")));
      // Files of a run that was never logged: a training that failed half-way.
      return runs.filter((run) => noted.has(run) || !logged.has(run));
    },
    async forgetDatasets(sha256) {
      const args = { sets: JSON.stringify(sha256) };
      await write(FORGET_DATASETS, args);
      const rows = await read("SELECT sha256 FROM datasets WHERE sha256 IN (SELECT value FROM json_each(:sets))", args);
      const there = new Set(rows.map((row) => row.text("sha256")));
      return sha256.filter((one) => !there.has(one));
    },
  };
}
