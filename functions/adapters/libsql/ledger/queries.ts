import type { DagRun, TaskAttempt, TaskInstance, TaskKey } from "../../../../shared/contracts/dags.ts";
import { CLAIMABLE_STATES, type TaskState } from "../../../../shared/dag/taskState.ts";
import { type Instant, SECOND, toIso } from "../../../../shared/domain/instant.ts";
import { RUN_ORDERS, type RunOrder, type RunsQuery } from "../../../../shared/ports/ledger.ts";
import type { Database } from "../database.ts";
import { orderBy } from "../orderBy.ts";
import { type RowReader, readRow } from "../readRow.ts";
import { FAILED, IS_RUN, IS_TASK } from "./statements.ts";

const MATCHES_RUNS = "(:dag_id = '~' OR dag_id = :dag_id) AND (:state IS NULL OR state = :state)";

const TASKS_OF = (condition: string) => `FROM task_instances t WHERE t.dag_id = r.dag_id AND t.run_id = r.run_id AND ${condition}`;

/** Runs, as `r`, with what their tasks say of them: counted when asked, so that nothing has to keep it right. */
export const SELECT_RUNS = `SELECT r.*, (SELECT count(*) ${TASKS_OF(`t.state IN ${FAILED}`)}) AS failed_tasks,
    (SELECT count(*) ${TASKS_OF("t.state = 'skipped'")}) AS skipped_tasks,
    (SELECT t.note ${TASKS_OF("t.state = 'skipped' AND t.note IS NOT NULL")} ORDER BY t.task_id, t.map_key LIMIT 1) AS skip_reason
  FROM dag_runs r`;

const ORDERS = {
  columns: { ...(Object.fromEntries(RUN_ORDERS.map((name) => [name, name])) as Record<RunOrder, string>), dag_run_id: "run_id" },
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
  return { runs: (page?.rows ?? []).map((row) => toDagRun(readRow(row))), total_entries: readRow(count?.rows[0]).integer("total") };
}

export async function queryRun(database: Database, dag_id: string, run_id: string): Promise<DagRun | null> {
  const { rows } = await database.$client.execute({ sql: `${SELECT_RUNS} WHERE ${IS_RUN}`, args: { dag_id, run_id } });
  return rows[0] ? toDagRun(readRow(rows[0])) : null;
}

export async function queryTaskInstances(database: Database, dag_id: string, run_id: string): Promise<TaskInstance[]> {
  const sql = `SELECT * FROM task_instances WHERE ${IS_RUN} ORDER BY task_id, map_key`;
  const { rows } = await database.$client.execute({ sql, args: { dag_id, run_id } });
  return rows.map((row) => toTaskInstance(readRow(row)));
}

export async function queryAttempts(database: Database, key: TaskKey): Promise<TaskAttempt[]> {
  const sql = `SELECT * FROM task_attempts WHERE ${IS_TASK} ORDER BY try_number`;
  const { rows } = await database.$client.execute({ sql, args: { ...key } });
  return rows.map((row) => toTaskAttempt(readRow(row)));
}

export function toDagRun(row: RowReader): DagRun {
  return {
    dag_id: row.text("dag_id"),
    dag_run_id: row.text("run_id"),
    run_type: row.text("run_type") as DagRun["run_type"],
    state: row.text("state") as DagRun["state"],
    data_interval_start: toIso(row.integer("data_interval_start")),
    data_interval_end: toIso(row.integer("data_interval_end")),
    conf: row.facts("conf") ?? {},
    triggered_by: row.text("triggered_by") as DagRun["triggered_by"],
    queued_at: toIso(row.integer("queued_at")),
    ...lifetime(row),
    backfill_id: row.integerOrNull("backfill_id"),
    deadline_at: isoOrNull(row.integerOrNull("deadline_at")),
    is_late: row.integerOrNull("deadline_missed_at") !== null,
    failed_tasks: row.integer("failed_tasks"),
    skipped_tasks: row.integer("skipped_tasks"),
    skip_reason: row.textOrNull("skip_reason"),
  };
}

export function toTaskInstance(row: RowReader): TaskInstance {
  const state = row.text("state") as TaskState;
  const is_waiting = (CLAIMABLE_STATES as readonly TaskState[]).includes(state);
  return {
    dag_id: row.text("dag_id"),
    dag_run_id: row.text("run_id"),
    task_id: row.text("task_id"),
    map_key: row.text("map_key"),
    state: state === "none" ? null : state,
    try_number: row.integer("try_number"),
    max_tries: row.integer("max_tries"),
    not_before: is_waiting ? toIso(row.integer("not_before")) : null,
    ...lifetime(row),
    report: row.facts("report"),
    note: row.textOrNull("note"),
    pool: row.textOrNull("pool"),
  };
}

function toTaskAttempt(row: RowReader): TaskAttempt {
  return {
    dag_id: row.text("dag_id"),
    dag_run_id: row.text("run_id"),
    task_id: row.text("task_id"),
    map_key: row.text("map_key"),
    try_number: row.integer("try_number"),
    state: row.text("state") as TaskAttempt["state"],
    ...lifetime(row),
    start_date: toIso(row.integer("start_date")),
    error: row.facts("error") as TaskAttempt["error"],
    report: row.facts("report"),
    log: row.text("log"),
  };
}

function lifetime(row: RowReader): { start_date: string | null; end_date: string | null; duration: number | null } {
  const start = row.integerOrNull("start_date");
  const end = row.integerOrNull("end_date");
  return {
    start_date: isoOrNull(start),
    end_date: isoOrNull(end),
    duration: start === null || end === null ? null : (end - start) / SECOND,
  };
}

function isoOrNull(instant: Instant | null): string | null {
  return instant === null ? null : toIso(instant);
}
