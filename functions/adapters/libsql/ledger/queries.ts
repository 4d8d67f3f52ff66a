import type { TaskKey } from "../../../../shared/contracts/dags.ts";
import { NO_POOL } from "../../../../shared/dag/pool.ts";
import { CLAIMABLE_STATES, type TaskState } from "../../../../shared/dag/taskState.ts";
import type { Instant } from "../../../../shared/domain/instant.ts";
import type { RunOrder, RunsQuery, TaskOrder, TasksQuery } from "../../../../shared/ports/ledgerQueries.ts";
import type { GridRun, LedgerRun, LedgerTask, LedgerTry } from "../../../../shared/ports/ledgerRecords.ts";
import type { Database } from "../database.ts";
import { orderBy } from "../orderBy.ts";
import { type RowReader, readRow } from "../readRow.ts";
import { whereOf } from "../whereOf.ts";
import { toKey } from "./due.ts";
import { FAILED, IS_RUN, IS_TASK } from "./statements.ts";

const MATCHES_RUNS = "(:dag_id = '~' OR dag_id = :dag_id)";

const TASKS_OF = (condition: string) => `FROM task_instances t WHERE t.dag_id = r.dag_id AND t.run_id = r.run_id AND ${condition}`;

/** Runs, as `r`, with what their tasks say of them: counted when asked, so that nothing has to keep it right. */
export const SELECT_RUNS = `SELECT r.*, (SELECT count(*) ${TASKS_OF(`t.state IN ${FAILED}`)}) AS failed_tasks,
    (SELECT count(*) ${TASKS_OF("t.state = 'skipped'")}) AS skipped_tasks,
    (SELECT t.note ${TASKS_OF("t.state = 'skipped' AND t.note IS NOT NULL")} ORDER BY t.task_id, t.map_key LIMIT 1) AS skip_reason
  FROM dag_runs r`;

/** Of a run (`r`), and of the run or a task of it (`of`). */
function momentsOf(of: "r" | "t") {
  return {
    window_start: "r.data_interval_start",
    window_end: "r.data_interval_end",
    scheduled_start: "CASE r.run_type WHEN 'manual' THEN NULL ELSE r.data_interval_start END",
    started_at: `${of}.start_date`,
    ended_at: `${of}.end_date`,
    duration: `(${of}.end_date - ${of}.start_date) / 1000.0`,
    updated_at: `coalesce(${of}.end_date, ${of}.start_date, r.queued_at)`,
  };
}

const COLUMNS: Readonly<Record<RunOrder, string>> = {
  dag_id: "dag_id",
  run_id: "run_id",
  run_type: "run_type",
  state: "state",
  queued_at: "queued_at",
  conf: "conf",
  ...momentsOf("r"),
};

const ORDERS = {
  columns: COLUMNS,
  key: "dag_id, run_id",
  usual: "data_interval_end DESC, dag_id, run_id",
};

export async function queryRuns(database: Database, dag_id: string, query: RunsQuery) {
  const { sql, args } = whereOf(query.where ?? {}, COLUMNS);
  const filter = { dag_id, ...args };
  const where = `WHERE ${MATCHES_RUNS} AND ${sql}`;
  const [page, count] = await database.$client.batch(
    [
      {
        sql: `${SELECT_RUNS} ${where} ${orderBy(query.order, ORDERS)} LIMIT :limit OFFSET :offset`,
        args: { ...filter, limit: query.limit, offset: query.offset },
      },
      { sql: `SELECT count(*) AS total FROM dag_runs r ${where}`, args: filter },
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
  const sql = `${selectTasks("t")} WHERE t.dag_id = :dag_id AND t.run_id = :run_id ORDER BY t.task_id, t.map_key`;
  const { rows } = await database.$client.execute({ sql, args: { dag_id, run_id } });
  return rows.map((row) => toTask(readRow(row)));
}

/** Tasks, as `alias`, with what their runs (`r`) say of them. */
export function selectTasks(alias: string): string {
  return `SELECT ${alias}.*, r.run_type, r.data_interval_start, r.data_interval_end, ${indexOf(alias)} AS map_index
    FROM task_instances ${alias} JOIN dag_runs r ON r.dag_id = ${alias}.dag_id AND r.run_id = ${alias}.run_id`;
}

/** A run has all of its instances from its first moment, so that this never changes. */
function indexOf(alias: string): string {
  return `CASE ${alias}.map_key WHEN '' THEN -1 ELSE (SELECT count(*) FROM task_instances k WHERE k.dag_id = ${alias}.dag_id
    AND k.run_id = ${alias}.run_id AND k.task_id = ${alias}.task_id AND k.map_key < ${alias}.map_key) END`;
}

const TASK_COLUMNS: Readonly<Record<TaskOrder, string>> = {
  dag_id: "t.dag_id",
  run_id: "t.run_id",
  task_id: "t.task_id",
  map_key: "t.map_key",
  map_index: indexOf("t"),
  state: "nullif(t.state, 'none')",
  try_number: "t.try_number",
  pool: `coalesce(t.pool, '${NO_POOL}')`,
  ...momentsOf("t"),
};

const TASK_ORDERS = {
  columns: TASK_COLUMNS,
  key: "t.dag_id, t.run_id, t.task_id, t.map_key",
  usual: "r.data_interval_end DESC, t.dag_id, t.run_id, t.task_id, t.map_key",
};

export async function queryTasks(database: Database, { dag_id, run_id, order, where = {}, limit, offset }: TasksQuery) {
  const { sql, args } = whereOf(where, TASK_COLUMNS);
  // Of one run by the key: with an OR that allows for all of them SQLite would look through every task that there is.
  const asked = { ...(dag_id === "~" ? {} : { dag_id }), ...(run_id === "~" ? {} : { run_id }) };
  const matches = `WHERE ${[...Object.keys(asked).map((name) => `t.${name} = :${name}`), sql].join(" AND ")}`;
  const filter = { ...asked, ...args };
  const page = `${selectTasks("t")} ${matches} ${orderBy(order, TASK_ORDERS)} LIMIT :limit OFFSET :offset`;
  const count = `SELECT count(*) AS total FROM task_instances t JOIN dag_runs r ON r.dag_id = t.dag_id AND r.run_id = t.run_id ${matches}`;
  const [found, counted] = await database.$client.batch(
    [
      { sql: page, args: { ...filter, limit, offset } },
      { sql: count, args: filter },
    ],
    "read",
  );
  return { tasks: (found?.rows ?? []).map((row) => toTask(readRow(row))), total_entries: readRow(counted?.rows[0]).integer("total") };
}

export async function queryAttempts(database: Database, key: TaskKey): Promise<LedgerTry[]> {
  const sql = `SELECT * FROM task_attempts WHERE ${IS_TASK} ORDER BY try_number`;
  const { rows } = await database.$client.execute({ sql, args: { ...key } });
  return rows.map((row) => toTry(readRow(row)));
}

export function toRun(row: RowReader): LedgerRun {
  return {
    dag_id: row.text("dag_id"),
    ...toRunFacts(row),
    conf: row.facts("conf") ?? {},
    triggered_by: row.text("triggered_by") as LedgerRun["triggered_by"],
    deadline_at: row.integerOrNull("deadline_at"),
    failed_tasks: row.integer("failed_tasks"),
    skipped_tasks: row.integer("skipped_tasks"),
    skip_reason: row.textOrNull("skip_reason"),
  };
}

/** What every reader of runs shows of one. */
export function toRunFacts(row: RowReader): Omit<GridRun, "tasks"> {
  return {
    run_id: row.text("run_id"),
    run_type: row.text("run_type") as LedgerRun["run_type"],
    state: row.text("state") as LedgerRun["state"],
    window: { start: row.integer("data_interval_start"), end: row.integer("data_interval_end") },
    queued_at: row.integer("queued_at"),
    ...lifetime(row),
    backfill_id: row.integerOrNull("backfill_id"),
    is_late: row.integerOrNull("deadline_missed_at") !== null,
  };
}

export function toTask(row: RowReader): LedgerTask {
  const state = row.text("state") as TaskState;
  const is_waiting = (CLAIMABLE_STATES as readonly TaskState[]).includes(state);
  return {
    ...toKey(row),
    map_index: row.integer("map_index"),
    run_type: row.text("run_type") as LedgerTask["run_type"],
    window: { start: row.integer("data_interval_start"), end: row.integer("data_interval_end") },
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
