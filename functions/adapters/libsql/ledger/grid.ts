import { ACTIVE_STATES, isTerminal, type TaskState, TERMINAL_STATES } from "../../../../shared/dag/taskState.ts";
import type { Instant } from "../../../../shared/domain/instant.ts";
import type { GridQuery } from "../../../../shared/ports/ledgerQueries.ts";
import type { GridRun, GridTask } from "../../../../shared/ports/ledgerRecords.ts";
import type { Database } from "../database.ts";
import { readRow } from "../readRow.ts";
import { toRunFacts } from "./queries.ts";

/** The bound on the interval's end is always there: by it the runs are found in the order of their index, as many as are wanted. */
const PAGE = `SELECT dag_id, run_id, run_type, state, data_interval_start, data_interval_end, queued_at, start_date, end_date, backfill_id, deadline_missed_at
  FROM dag_runs r WHERE r.dag_id = :dag_id AND r.data_interval_end <= :until
  AND (r.data_interval_end < :before_end OR (r.data_interval_end = :before_end AND r.run_id > :before_id))
  ORDER BY r.data_interval_end DESC, r.run_id`;

/** Whatever happens to a task of a run that has ended opens the run again, or ends it anew. */
const ASKED = `(SELECT * FROM (${PAGE} LIMIT :limit) WHERE end_date IS NULL OR end_date >= :since OR deadline_missed_at >= :since)`;

const STATES = [...ACTIVE_STATES, ...TERMINAL_STATES, "none"] as const satisfies readonly TaskState[];

/** Along the primary key, so that nothing is sorted. One text a run: that is read several times faster than as many rows. */
const TASKS = `(SELECT json_group_array(json_array(task_id, is_mapped, try_number, started, ended, json(counts))) FROM (
    SELECT t.task_id, max(t.map_key) <> '' AS is_mapped, max(t.try_number) AS try_number, min(t.start_date) AS started, max(t.end_date) AS ended,
      json_array(${STATES.map((state) => `sum(t.state = '${state}')`).join(", ")}) AS counts
    FROM task_instances t WHERE t.dag_id = a.dag_id AND t.run_id = a.run_id GROUP BY t.task_id))`;

/** The instances of one task; `counts` by STATES. */
type Cell = readonly [
  task_id: string,
  is_mapped: 0 | 1,
  try_number: number,
  started: Instant | null,
  ended: Instant | null,
  counts: readonly number[],
];

export async function queryGrid(database: Database, { dag_id, limit, before, until, since }: GridQuery) {
  const end = Math.min(until ?? Number.MAX_SAFE_INTEGER, before?.window_end ?? Number.MAX_SAFE_INTEGER);
  const page = { dag_id, until: end, before_end: before?.window_end ?? Number.MAX_SAFE_INTEGER, before_id: before?.run_id ?? "" };
  const asked = { ...page, limit, since: since ?? 0 };
  const [runs, ends] = await database.$client.batch(
    [
      { sql: `SELECT a.*, ${TASKS} AS tasks FROM ${ASKED} a ORDER BY a.data_interval_end DESC, a.run_id`, args: asked },
      { sql: `${PAGE} LIMIT 2 OFFSET :skipped`, args: { ...page, skipped: limit - 1 } },
    ],
    "read",
  );
  const [last, behind] = ends?.rows ?? [];
  return {
    runs: (runs?.rows ?? []).map(readRow).map((row): GridRun => {
      const cells = JSON.parse(row.text("tasks")) as readonly Cell[];
      return { ...toRunFacts(row), tasks: cells.map(toTask) };
    }),
    next_before: behind ? readRow(last).text("run_id") : null,
  };
}

function toTask([task_id, is_mapped, try_number, started_at, last_end, counted]: Cell): GridTask {
  const counts = STATES.flatMap((state, place) => (counted[place] === 0 ? [] : [[state, counted[place]!] as const]));
  const ended_at = counts.every(([state]) => isTerminal(state)) ? last_end : null;
  return { task_id, is_mapped: is_mapped === 1, counts: Object.fromEntries(counts), try_number, started_at, ended_at };
}
