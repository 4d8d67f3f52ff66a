import type { TaskKey } from "../../../../shared/contracts/dags.ts";
import { CLAIMABLE_STATES, type TaskState } from "../../../../shared/dag/taskState.ts";
import type { Instant } from "../../../../shared/domain/instant.ts";
import type { RunOrder, RunsQuery } from "../../../../shared/ports/ledger.ts";
import type { LedgerRun, LedgerTask, LedgerTry } from "../../../../shared/ports/ledgerRecords.ts";
import type { Database } from "../database.ts";
import { orderBy } from "../orderBy.ts";
import { type RowReader, readRow } from "../readRow.ts";
import { toKey } from "./due.ts";
import { FAILED, IS_RUN, IS_TASK } from "./statements.ts";

const MATCHES_RUNS = "(:dag_id = '~' OR dag_id = :dag_id) AND (:state IS NULL OR state = :state)";

const TASKS_OF = (condition: string) => `FROM task_instances t WHERE t.dag_id = r.dag_id AND t.run_id = r.run_id AND ${condition}`;

/** Runs, as `r`, with what their tasks say of them: counted when asked, so that nothing has to keep it right. */
export const SELECT_RUNS = `SELECT r.*, (SELECT count(*) ${TASKS_OF(`t.state IN ${FAILED}`)}) AS failed_tasks,
    (SELECT count(*) ${TASKS_OF("t.state = 'skipped'")}) AS skipped_tasks,
    (SELECT t.note ${TASKS_OF("t.state = 'skipped' AND t.note IS NOT NULL")} ORDER BY t.task_id, t.map_key LIMIT 1) AS skip_reason
  FROM dag_runs r`;

const COLUMNS: Readonly<Record<RunOrder, string>> = {
  dag_id: "dag_id",
  run_id: "run_id",
  run_type: "run_type",
  state: "state",
  window_start: "data_interval_start",
  window_end: "data_interval_end",
  queued_at: "queued_at",
  started_at: "start_date",
  ended_at: "end_date",
};

const ORDERS = {
  columns: COLUMNS,
  key: "dag_id, run_id",
  usual: "data_interval_end DESC, dag_id, run_id",
};

export async function queryRuns(database: Database, dag_id: string, query: RunsQuery) {
  const filter = { dag_id, state: query.state ?? null };
  const [page, count] = await database.$client.batch(
    [
      {
        sql: `${SELECT_RUNS} WHERE ${MATCHES_RUNS} ${orderBy(query.order, ORDERS)} LIMIT :limit OFFSET :offset`,
        args: { ...filter, limit: query.limit, offset: query.offset },
      },
      { sql: `SELECT count(*) AS total FROM dag_runs WHERE ${MATCHES_RUNS}`, args: filter },
    ],
    "read",
  );
  return { runs: (page?.rows ?? []).map((row) => toRun(readRow(row))), total_entries: readRow(count?.rows[0]).integer("total") };
}

export async function queryRun(database: Database, dag_id: string, run_id: string): Promise<LedgerRun | null> {
  const { rows } = await database.$client.execute({ sql: `${SELECT_RUNS} WHERE ${IS_RUN}`, args: { dag_id, run_id } });
  return rows[0] ? toRun(readRow(rows[0])) : null;
}

export async function queryTaskInstances(database: Database, dag_id: string, run_id: string): Promise<LedgerTask[]> {
  const sql = `SELECT * FROM task_instances WHERE ${IS_RUN} ORDER BY task_id, map_key`;
  const { rows } = await database.$client.execute({ sql, args: { dag_id, run_id } });
  return rows.map((row) => toTask(readRow(row)));
}

export async function queryAttempts(database: Database, key: TaskKey): Promise<LedgerTry[]> {
  const sql = `SELECT * FROM task_attempts WHERE ${IS_TASK} ORDER BY try_number`;
  const { rows } = await database.$client.execute({ sql, args: { ...key } });
  return rows.map((row) => toTry(readRow(row)));
}

export function toRun(row: RowReader): LedgerRun {
  return {
    dag_id: row.text("dag_id"),
    run_id: row.text("run_id"),
    run_type: row.text("run_type") as LedgerRun["run_type"],
    state: row.text("state") as LedgerRun["state"],
    window: { start: row.integer("data_interval_start"), end: row.integer("data_interval_end") },
    conf: row.facts("conf") ?? {},
    triggered_by: row.text("triggered_by") as LedgerRun["triggered_by"],
    queued_at: row.integer("queued_at"),
    ...lifetime(row),
    backfill_id: row.integerOrNull("backfill_id"),
    deadline_at: row.integerOrNull("deadline_at"),
    is_late: row.integerOrNull("deadline_missed_at") !== null,
    failed_tasks: row.integer("failed_tasks"),
    skipped_tasks: row.integer("skipped_tasks"),
    skip_reason: row.textOrNull("skip_reason"),
  };
}

export function toTask(row: RowReader): LedgerTask {
  const state = row.text("state") as TaskState;
  const is_waiting = (CLAIMABLE_STATES as readonly TaskState[]).includes(state);
  return {
    ...toKey(row),
    state: state === "none" ? null : state,
    try_number: row.integer("try_number"),
    max_tries: row.integer("max_tries"),
    not_before: is_waiting ? row.integer("not_before") : null,
    ...lifetime(row),
    report: row.facts("report"),
    note: row.textOrNull("note"),
    pool: row.textOrNull("pool"),
  };
}

function toTry(row: RowReader): LedgerTry {
  return {
    ...toKey(row),
    try_number: row.integer("try_number"),
    state: row.text("state") as LedgerTry["state"],
    started_at: row.integer("start_date"),
    ended_at: row.integerOrNull("end_date"),
    error: row.facts("error") as LedgerTry["error"],
    report: row.facts("report"),
    log: row.text("log"),
  };
}

function lifetime(row: RowReader): { started_at: Instant | null; ended_at: Instant | null } {
  return { started_at: row.integerOrNull("start_date"), ended_at: row.integerOrNull("end_date") };
}
