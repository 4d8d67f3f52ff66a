import type { Row } from "@libsql/client/web";
import { everyNameOf } from "../../../../shared/models/modelName.ts";
import type {
  Backlog,
  MonitorFacts,
  NewsSourceState,
  OperationFacts,
  QualityFacts,
  ServedClose,
} from "../../../../shared/ports/monitorStore.ts";
import { unpackVector } from "../bulk.ts";
import { type Database, withStore } from "../database.ts";
import { OVERDUE_TASKS } from "../ledger/due.ts";
import { queryMissed } from "../ledger/missed.ts";
import { readRow } from "../readRow.ts";

// One look-up in predictions_of_pipeline a bar: what users asked for is not looked at.
const FIRST_ANSWERS = `WITH bar AS (SELECT value->>0 AS event_time, value->>1 AS decided_at FROM json_each(:bars))
  SELECT bar.event_time AS event_time, p.prediction AS prediction, p.model_version AS model_version,
    p.requested_at AS requested_at
  FROM bar JOIN predictions p ON p.prediction_id = (
    SELECT prediction_id FROM predictions WHERE instrument = :instrument AND requested_at >= bar.event_time AND requested_at < bar.decided_at
      AND source = 'pipeline' AND event_time = bar.event_time AND model_name IN (SELECT value FROM json_each(:model_names)) AND as_of IS NULL ORDER BY requested_at LIMIT 1)
  ORDER BY bar.event_time`;

const VECTORS = `SELECT event_time, model_version, features FROM predictions
  WHERE instrument = :instrument AND requested_at >= :start AND requested_at < :end AND source = 'pipeline' AND as_of IS NULL
  ORDER BY requested_at`;

// A task that was skipped had no bar to serve. Its tries are kept when it is cleared: the first success is when the row came.
const CLOSES = `SELECT t.map_key AS instrument, r.data_interval_end AS close, r.queued_at AS queued_at,
    (SELECT min(a.end_date) FROM task_attempts a WHERE a.dag_id = t.dag_id AND a.run_id = t.run_id AND a.task_id = t.task_id
      AND a.map_key = t.map_key AND a.state = 'success' AND a.end_date <= :end) AS served_at
  FROM dag_runs r JOIN task_instances t ON t.dag_id = r.dag_id AND t.run_id = r.run_id
  WHERE r.dag_id = 'market_feature_pipeline' AND r.run_type = 'scheduled' AND r.data_interval_end > :start AND r.data_interval_end <= :end
    AND t.task_id = 'materialize_market' AND t.state NOT IN ('skipped', 'removed')
  ORDER BY r.data_interval_end, t.map_key`;

const NEWS_SOURCES = `SELECT source, count(*) AS feeds, max(last_success_at) AS last_success_at, max(last_fetched_at) AS last_fetched_at,
    json_group_array(json_extract(last_error, '$.code') || ': ' || json_extract(last_error, '$.message'))
      FILTER (WHERE last_error IS NOT NULL) AS errors
  FROM news_feeds GROUP BY source ORDER BY source`;

const IN_WINDOW = (column: string) => `${column} > :start AND ${column} <= :end`;
// One that failed in a run that succeeded may fail: a news site that was down, which the age of its source tells.
const FAILED_TASK = `state = 'failed' AND ${IN_WINDOW("end_date")} AND NOT EXISTS (
    SELECT 1 FROM dag_runs r WHERE r.dag_id = t.dag_id AND r.run_id = t.run_id AND r.state = 'success')`;
const FAILED_TASKS = `SELECT dag_id AS name, count(*) AS count FROM task_instances t WHERE ${FAILED_TASK} GROUP BY 1 ORDER BY 1`;
const FAILED_RUNS = `SELECT dag_id AS name, count(*) AS count FROM dag_runs WHERE state = 'failed' AND ${IN_WINDOW("end_date")} GROUP BY 1 ORDER BY 1`;
const NAMED_TASKS = `SELECT task_id || CASE map_key WHEN '' THEN '' ELSE ' (' || map_key || ')' END || ' of ' || dag_id || ' ' || run_id AS name
  FROM task_instances t WHERE ${FAILED_TASK} ORDER BY end_date DESC, 1 LIMIT 10`;
const NAMED_RUNS = `SELECT dag_id || ' ' || run_id AS name FROM dag_runs WHERE state = 'failed' AND ${IN_WINDOW("end_date")}
  ORDER BY end_date DESC, 1 LIMIT 10`;
const CALLBACKS = `SELECT count(*) AS count, min(created_at) AS oldest_at FROM callbacks
  WHERE created_at <= :end AND coalesce(delivered_at > :end, true)`;
const DEAD_LETTERS = `SELECT count(*) AS count, min(received_at) AS oldest_at FROM dead_letters
  WHERE received_at <= :end AND coalesce(replayed_at > :end, true)`;
const BRONZE_LINES = `SELECT coalesce(sum(lines), 0) AS count FROM bronze_objects WHERE ${IN_WINDOW("validated_at")}`;
const BRONZE_REJECTS = `SELECT reason AS name, sum(total) AS count FROM reject_counts WHERE ${IN_WINDOW("ingested_at")} GROUP BY 1 ORDER BY 1`;

const REJECTS = `SELECT instrument, reason, sum(total) AS count FROM reject_counts WHERE ${IN_WINDOW("ingested_at")} GROUP BY 1, 2 ORDER BY 1, 2`;
const ARTICLES = `SELECT count(DISTINCT article_id) AS articles, count(DISTINCT CASE engine WHEN 'fingpt' THEN article_id END) AS by_model
  FROM article_scores WHERE engine IN ('fingpt', 'lexicon') AND ${IN_WINDOW("available_at")}`;
const NEWEST_SUCCESSES = `SELECT value AS dag_id, (SELECT data_interval_end FROM dag_runs WHERE dag_id = value AND state = 'success'
    AND data_interval_end <= :until ORDER BY data_interval_end DESC LIMIT 1) AS at FROM json_each(:dag_ids)`;

/** As many as a day of restarts makes. */
const MAX_GAPS = 100;

/** What monitoring reads of the tables of other parts. */
export function createMonitorFacts(database: Database): MonitorFacts {
  const read = (sql: string, args: Record<string, string | number | null>) =>
    withStore(async () => (await database.$client.execute({ sql, args })).rows);
  return {
    firstAnswers: async (instrument, model_name, bars) => {
      const pairs = JSON.stringify(bars.map(({ event_time, decided_at }) => [event_time, decided_at]));
      return (await read(FIRST_ANSWERS, { bars: pairs, instrument, model_names: JSON.stringify(everyNameOf(model_name)) })).map((row) => {
        const reader = readRow(row);
        const [event_time, probability] = [reader.integer("event_time"), reader.integer("prediction")];
        return { event_time, requested_at: reader.integer("requested_at"), probability, model_version: reader.text("model_version") };
      });
    },
    servedVectors: async (instrument, { start, end }) =>
      (await read(VECTORS, { instrument, start, end })).map((row) => ({
        event_time: readRow(row).integer("event_time"),
        model_version: readRow(row).text("model_version"),
        features: unpackVector(row["features"]),
      })),
    closes: async ({ start, end }) => (await read(CLOSES, { start, end })).map(toClose),
    newsSources: async () => (await read(NEWS_SOURCES, {})).map(toNewsSource),
    quality: async ({ start, end }) => toQuality(await read(REJECTS, { start, end }), await read(ARTICLES, { start, end })),
    newestSuccesses: async (dag_ids, until) => {
      const rows = await read(NEWEST_SUCCESSES, { dag_ids: JSON.stringify(dag_ids), until });
      const found = rows.map((row) => [readRow(row).text("dag_id"), readRow(row).integerOrNull("at")] as const);
      return new Map(found.flatMap(([dag_id, at]) => (at === null ? [] : [[dag_id, at] as const])));
    },
    operations: (window) => operations(database, { start: window.start, end: window.end }),
  };
}

async function operations(database: Database, { start, end }: { start: number; end: number }): Promise<OperationFacts> {
  const within = { start, end };
  const results = await withStore(() =>
    database.$client.batch(
      [
        { sql: FAILED_TASKS, args: within },
        { sql: FAILED_RUNS, args: within },
        { sql: CALLBACKS, args: { end } },
        { sql: DEAD_LETTERS, args: { end } },
        { sql: OVERDUE_TASKS, args: { now: end } },
        { sql: BRONZE_LINES, args: within },
        { sql: BRONZE_REJECTS, args: within },
        { sql: NAMED_TASKS, args: within },
        { sql: NAMED_RUNS, args: within },
      ],
      "read",
    ),
  );
  const missed = await withStore(() => queryMissed(database, { dag_id: "~", found: within, limit: MAX_GAPS }));
  const [failed_tasks, failed_runs, callbacks, dead_letters, due_tasks, lines, rejects, named_tasks, named_runs] = results.map(
    ({ rows }) => rows,
  );
  return {
    failed_tasks: toCounts(failed_tasks),
    failed_runs: toCounts(failed_runs),
    named_tasks: toNames(named_tasks),
    named_runs: toNames(named_runs),
    missed_runs: missed.filter((gap) => !gap.is_made_up).map(({ dag_id, window }) => ({ dag_id, window })),
    callbacks: toBacklog(callbacks),
    dead_letters: toBacklog(dead_letters),
    due_tasks: toBacklog(due_tasks),
    bronze_lines: readRow(lines?.[0]).integer("count"),
    bronze_rejects: toCounts(rejects),
  };
}

function toCounts(rows: readonly Row[] = []): Readonly<Record<string, number>> {
  return Object.fromEntries(rows.map((row) => [readRow(row).text("name"), readRow(row).integer("count")]));
}

function toQuality(rejects: readonly Row[], [articles]: readonly Row[]): QualityFacts {
  const rejects_by_instrument: Record<string, Record<string, number>> = {};
  const rejects_by_reason: Record<string, number> = {};
  for (const row of rejects.map(readRow)) {
    const [instrument, reason, count] = [row.text("instrument"), row.text("reason"), row.integer("count")];
    rejects_by_instrument[instrument] = { ...rejects_by_instrument[instrument], [reason]: count };
    rejects_by_reason[reason] = (rejects_by_reason[reason] ?? 0) + count;
  }
  const read = readRow(articles);
  const all = read.integer("articles");
  return { rejects_by_instrument, rejects_by_reason, articles: all, read_by_lexicon: all - read.integer("by_model") };
}

function toNames(rows: readonly Row[] = []): readonly string[] {
  return rows.map((row) => readRow(row).text("name"));
}

function toBacklog(rows: readonly Row[] = []): Backlog {
  const row = readRow(rows[0]);
  return { count: row.integer("count"), oldest_at: row.integerOrNull("oldest_at") };
}

function toClose(row: Row): ServedClose {
  const reader = readRow(row);
  return {
    instrument: reader.text("instrument"),
    close: reader.integer("close"),
    queued_at: reader.integer("queued_at"),
    served_at: reader.integerOrNull("served_at"),
  };
}

function toNewsSource(row: Row): NewsSourceState {
  const reader = readRow(row);
  return {
    source: reader.text("source"),
    feeds: reader.integer("feeds"),
    last_success_at: reader.integerOrNull("last_success_at"),
    last_fetched_at: reader.integerOrNull("last_fetched_at"),
    errors: JSON.parse(reader.text("errors")) as string[],
  };
}
