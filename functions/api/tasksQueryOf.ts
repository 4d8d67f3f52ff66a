import { asksForAbsent, lifetimeOf, patternsOf } from "../../shared/contracts/airflow/filterFields.ts";
import type { TaskField, TasksAsked } from "../../shared/contracts/taskInstances.ts";
import { AppError } from "../../shared/errors.ts";
import type { TaskOrder, TasksQuery } from "../../shared/ports/ledgerQueries.ts";

/** Of one run all tasks at once; of several as many as a page of anything else. */
const OF_ONE_RUN = 10_000;
const OF_SEVERAL = 50;
const MAX_OF_SEVERAL = 100;

/** What a list of tasks is asked for, in the ledger's words. `is_mapped`: only those that are. */
export function tasksQueryOf({ dag_id, run_id }: Pick<TasksQuery, "dag_id" | "run_id">, query: TasksAsked, is_mapped = false): TasksQuery {
  const { order_by, offset, state, pool, try_number, map_index, task_id } = query;
  return {
    ...{ dag_id, run_id, offset, limit: limitOf(run_id, query.limit) },
    ...(order_by ? { order: order_by.map(({ field, is_descending }) => ({ field: ORDERS[field], is_descending })) } : {}),
    where: {
      ranges: {
        ...lifetimeOf(query),
        ...(is_mapped ? { map_index: { gte: 0 } } : {}),
      },
      one_of: {
        ...(state ? { state } : {}),
        ...(pool ? { pool } : {}),
        ...(try_number ? { try_number } : {}),
        ...(map_index ? { map_index } : {}),
        ...(task_id === undefined ? {} : { task_id: [task_id] }),
        ...(asksForAbsent(query) ? { run_id: [] } : {}),
      },
      patterns: {
        task_id: patternsOf(query, "task_display_name"),
        dag_id: patternsOf(query, "dag_id"),
        run_id: patternsOf(query, "run_id"),
        pool: patternsOf(query, "pool_name"),
        map_key: patternsOf(query, "rendered_map_index"),
      },
    },
  };
}

function limitOf(run_id: string, limit: number | undefined): number {
  if (run_id !== "~") return limit ?? OF_ONE_RUN;
  if (limit === undefined) return OF_SEVERAL;
  if (limit <= MAX_OF_SEVERAL) return limit;
  throw new AppError("invalid_request", `limit: is at most ${MAX_OF_SEVERAL} for the tasks of several runs.`, {
    status: 422,
    details: { field: "limit" },
  });
}

const ORDERS: Readonly<Record<TaskField, TaskOrder>> = {
  dag_id: "dag_id",
  dag_run_id: "run_id",
  run_id: "run_id",
  task_id: "task_id",
  map_key: "map_key",
  map_index: "map_index",
  state: "state",
  try_number: "try_number",
  start_date: "started_at",
  end_date: "ended_at",
  duration: "duration",
  run_after: "window_end",
  logical_date: "scheduled_start",
  pool: "pool",
};
