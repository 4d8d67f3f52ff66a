import type { DagDefinition } from "../../../../shared/dag/dag.ts";
import { canonicalJson } from "../../../../shared/domain/hash.ts";
import type { Instant, TimeWindow } from "../../../../shared/domain/instant.ts";
import type { BackfillOrder, BackfillStore, BackfillsQuery, CoveringRun, NewBackfill } from "../../../../shared/ports/backfillStore.ts";
import { type Database, withStore } from "../database.ts";
import { queuedTasks } from "../ledger/settle.ts";
import { startRuns } from "../ledger/start.ts";
import { TERMINAL } from "../ledger/statements.ts";
import { orderBy } from "../orderBy.ts";
import { readRow } from "../readRow.ts";
import { readBackfill, SELECT_BACKFILLS } from "./backfillRows.ts";
import { takeTurn } from "./backfillTurn.ts";

const COLUMNS: Readonly<Record<BackfillOrder, string>> = {
  id: "b.id",
  dag_id: "b.dag_id",
  window_start: "b.from_date",
  window_end: "b.to_date",
  created_at: "b.created_at",
  updated_at: "b.updated_at",
  completed_at: "b.completed_at",
};

const ORDERS = {
  columns: COLUMNS,
  key: "b.id",
  usual: "b.id DESC",
};

/** Backfills on libSQL. Every method is one transaction. */
export function createBackfillStore(database: Database): BackfillStore {
  return {
    create: (backfill, now) => withStore(() => createBackfill(database, backfill, now)),
    find: (id) =>
      withStore(async () => {
        const { rows } = await database.$client.execute({ sql: `${SELECT_BACKFILLS} WHERE b.id = :id`, args: { id } });
        return rows[0] ? readBackfill(readRow(rows[0])) : null;
      }),
    list: (query) => withStore(() => listBackfills(database, query)),
    covering: (dag_id, window, map_keys) => withStore(async () => (await findCoverings(database, dag_id, [window], map_keys))[0] ?? null),
    coverings: (dag_id, windows, map_keys) => withStore(() => findCoverings(database, dag_id, windows, map_keys)),
    take: (dag, turn, ...moves) => withStore(() => takeTurn(database, dag, turn, moves)),
    complete: (id, now) =>
      withStore(async () => {
        await database.$client.execute({ sql: COMPLETE, args: { id, now } });
      }),
    setPaused: (dag, id, is_paused, now) => withStore(() => setPaused(database, dag, id, is_paused, now)),
    cancel: (id, now) => withStore(() => cancelBackfill(database, id, now)),
  };
}

async function createBackfill(database: Database, backfill: NewBackfill, now: Instant) {
  const { window, map_keys, run_backwards, conf, ...plain } = backfill;
  const [inserted, stored] = await database.$client.batch(
    [
      {
        sql: `INSERT INTO backfills (dag_id, request_id, from_date, to_date, step, map_keys, run_backwards, max_active_runs,
            reprocess_behavior, dag_run_conf, reason, total, created_at, updated_at)
          VALUES (:dag_id, :request_id, :from, :to, :step, :map_keys, :run_backwards, :max_active_runs, :reprocess_behavior, :conf, :reason,
            :total, :now, :now)
          ON CONFLICT DO NOTHING RETURNING id`,
        args: {
          ...plain,
          from: window.start,
          to: window.end,
          map_keys: map_keys === null ? null : JSON.stringify(map_keys),
          run_backwards: run_backwards ? 1 : 0,
          conf: canonicalJson(conf),
          now,
        },
      },
      { sql: `${SELECT_BACKFILLS} WHERE b.request_id = :request_id`, args: { request_id: backfill.request_id } },
    ],
    "write",
  );
  return { backfill: readBackfill(readRow(stored?.rows[0])), created: (inserted?.rows.length ?? 0) > 0 };
}

async function listBackfills(database: Database, query: BackfillsQuery) {
  const filter = { dag_id: query.dag_id ?? null };
  const [page, count] = await database.$client.batch(
    [
      {
        sql: `${SELECT_BACKFILLS} WHERE :dag_id IS NULL OR b.dag_id = :dag_id ${orderBy(query.order, ORDERS)} LIMIT :limit OFFSET :offset`,
        args: { ...filter, limit: query.limit, offset: query.offset },
      },
      { sql: "SELECT count(*) AS total FROM backfills WHERE :dag_id IS NULL OR dag_id = :dag_id", args: filter },
    ],
    "read",
  );
  return {
    backfills: (page?.rows ?? []).map((row) => readBackfill(readRow(row))),
    total_entries: readRow(count?.rows[0]).integer("total"),
  };
}

/** One that is active comes first: it decides what may be done. */
async function findCoverings(
  database: Database,
  dag_id: string,
  windows: readonly TimeWindow[],
  map_keys: readonly string[],
): Promise<readonly (CoveringRun | null)[]> {
  const statements = windows.map((window) => ({
    sql: `SELECT run_id, state FROM dag_runs r
      WHERE dag_id = :dag_id AND data_interval_start = :start AND data_interval_end = :end AND NOT EXISTS (
        SELECT 1 FROM json_each(:map_keys) k WHERE NOT EXISTS (
          SELECT 1 FROM task_instances t WHERE t.dag_id = r.dag_id AND t.run_id = r.run_id AND t.map_key = k.value))
      ORDER BY state IN ('queued', 'running') DESC, queued_at DESC, run_id DESC LIMIT 1`,
    args: { dag_id, start: window.start, end: window.end, map_keys: JSON.stringify(map_keys) },
  }));
  const results = statements.length > 0 ? await database.$client.batch(statements, "read") : [];
  return results.map(({ rows: [row] }) =>
    row ? { run_id: readRow(row).text("run_id"), state: readRow(row).text("state") as CoveringRun["state"] } : null,
  );
}

const NO_ACTIVE_RUN = "NOT EXISTS (SELECT 1 FROM dag_runs WHERE backfill_id = :id AND state IN ('queued', 'running'))";
const COMPLETE = `UPDATE backfills SET completed_at = :now, updated_at = :now
  WHERE id = :id AND completed_at IS NULL AND next_index >= total AND ${NO_ACTIVE_RUN}`;

async function setPaused(database: Database, dag: DagDefinition, id: number, is_paused: boolean, now: Instant) {
  const [changed, ...started] = await database.$client.batch(
    [
      {
        sql: "UPDATE backfills SET is_paused = :is_paused, updated_at = :now WHERE id = :id AND completed_at IS NULL RETURNING id",
        args: { id, is_paused: is_paused ? 1 : 0, now },
      },
      ...startRuns(dag, now),
    ],
    "write",
  );
  if (!changed?.rows.length) return null;
  return queuedTasks(
    dag.dag_id,
    started.flatMap((result) => result.rows),
  );
}

async function cancelBackfill(database: Database, id: number, now: Instant): Promise<boolean> {
  const was_cancelled = "EXISTS (SELECT 1 FROM backfills WHERE id = :id AND cancelled_at IS NOT NULL)";
  const [cancelled] = await database.$client.batch(
    [
      {
        sql: `UPDATE backfills SET completed_at = :now, cancelled_at = :now, updated_at = :now, is_paused = 0
          WHERE id = :id AND completed_at IS NULL RETURNING id`,
        args: { id, now },
      },
      {
        sql: `UPDATE task_instances SET state = 'skipped', end_date = :now, note = :note
          WHERE (dag_id, run_id) IN (SELECT dag_id, run_id FROM dag_runs WHERE backfill_id = :id AND state = 'queued')
            AND state NOT IN ${TERMINAL} AND ${was_cancelled}`,
        args: { id, now, note: `backfill ${id} was cancelled` },
      },
      {
        sql: `UPDATE dag_runs SET state = 'failed', end_date = :now, deadline_check_at = NULL
          WHERE backfill_id = :id AND state = 'queued' AND ${was_cancelled}`,
        args: { id, now },
      },
    ],
    "write",
  );
  return (cancelled?.rows.length ?? 0) > 0;
}
