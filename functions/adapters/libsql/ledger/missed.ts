import { isCovered, type MissedReason } from "../../../../shared/dag/missedRuns.ts";
import type { Instant, TimeWindow } from "../../../../shared/domain/instant.ts";
import type { MissedQuery, MissedRuns } from "../../../../shared/ports/ledgerQueries.ts";
import type { Database } from "../database.ts";
import { readRow } from "../readRow.ts";

/** Runs that are looked at to see whether a gap was made up for: a gap of a month in steps of ten minutes has fewer. */
const MAX_RUNS = 5_000;

// Before the first run of the schedule nothing was missed: the store was being made. Its runs are looked for by their ids, which the key
// of the table is sorted by: a DAG that fires every ten minutes has 50,000 runs a year.
const BEFORE = `SELECT
    (SELECT max(data_interval_end) FROM dag_runs WHERE dag_id = :dag_id AND data_interval_end <= :start) AS end,
    EXISTS (SELECT 1 FROM dag_runs WHERE dag_id = :dag_id AND run_id >= 'scheduled__' AND run_id < 'scheduled_a'
      AND run_type = 'scheduled' AND data_interval_end <= :start) AS is_scheduled,
    (SELECT changed_at FROM dag_flags WHERE dag_id = :dag_id) AS flag_changed_at`;

const INSERT = `INSERT INTO missed_runs (dag_id, data_interval_start, data_interval_end, intervals, reason, found_at)
  VALUES (:dag_id, :start, :end, :intervals, :reason, :found_at) ON CONFLICT DO NOTHING`;

const SELECT = `SELECT * FROM missed_runs WHERE (:dag_id = '~' OR dag_id = :dag_id) AND found_at > :since AND found_at <= :until
  ORDER BY data_interval_end DESC, dag_id LIMIT :limit`;

const RUNS_WITHIN = `SELECT data_interval_start, data_interval_end FROM dag_runs WHERE dag_id = :dag_id AND state <> 'failed'
    AND data_interval_end > :start AND data_interval_start < :end ORDER BY data_interval_start LIMIT ${MAX_RUNS}`;

/** The gap between the runs that a DAG has and the interval that its schedule fires for now; null when there is none. */
export async function findGap(database: Database, dag_id: string, start: Instant): Promise<(TimeWindow & { reason: MissedReason }) | null> {
  const { rows } = await database.$client.execute({ sql: BEFORE, args: { dag_id, start } });
  const before = readRow(rows[0]);
  const end = before.integerOrNull("end");
  if (end === null || end >= start || before.integer("is_scheduled") === 0) return null;
  const changed_at = before.integerOrNull("flag_changed_at");
  return { start: end, end: start, reason: changed_at !== null && changed_at > end ? "paused" : "not_running" };
}

export async function noteMissed(database: Database, missed: Omit<MissedRuns, "is_made_up">): Promise<void> {
  const { dag_id, window, intervals, reason, found_at } = missed;
  await database.$client.execute({ sql: INSERT, args: { dag_id, start: window.start, end: window.end, intervals, reason, found_at } });
}

export async function queryMissed(database: Database, query: MissedQuery): Promise<MissedRuns[]> {
  const { dag_id, found, limit } = query;
  const args = { dag_id, since: found?.start ?? Number.MIN_SAFE_INTEGER, until: found?.end ?? Number.MAX_SAFE_INTEGER, limit };
  const { rows } = await database.$client.execute({ sql: SELECT, args });
  const gaps = rows.map((row) => toMissed(row));
  if (gaps.length === 0) return [];
  const within = await database.$client.batch(
    gaps.map((gap) => ({ sql: RUNS_WITHIN, args: { dag_id: gap.dag_id, start: gap.window.start, end: gap.window.end } })),
    "read",
  );
  return gaps.map((gap, index) => ({ ...gap, is_made_up: isCovered(gap.window, (within[index]?.rows ?? []).map(toWindow)) }));
}

type Row = Parameters<typeof readRow>[0];

function toMissed(row: Row): Omit<MissedRuns, "is_made_up"> {
  const reader = readRow(row);
  return {
    dag_id: reader.text("dag_id"),
    window: toWindow(row),
    intervals: reader.integer("intervals"),
    reason: reader.text("reason") as MissedReason,
    found_at: reader.integer("found_at"),
  };
}

function toWindow(row: Row): TimeWindow {
  return { start: readRow(row).integer("data_interval_start"), end: readRow(row).integer("data_interval_end") };
}
