import type { BackfillStep } from "../../../../shared/dag/backfillIntervals.ts";
import type { MapKeyChoice } from "../../../../shared/dag/mapKeys.ts";
import type { Backfill, ReprocessBehavior } from "../../../../shared/ports/backfillStore.ts";
import type { RowReader } from "../readRow.ts";

const RUN_STATES = ["queued", "running", "success", "failed"] as const;

/** A backfill with the states of its runs, each counted by an index. */
export const SELECT_BACKFILLS = `SELECT b.*, ${RUN_STATES.map(
  (state) => `(SELECT count(*) FROM dag_runs r WHERE r.backfill_id = b.id AND r.state = '${state}') AS runs_${state}`,
).join(", ")} FROM backfills b`;

export function readBackfill(row: RowReader): Backfill {
  return {
    id: row.integer("id"),
    dag_id: row.text("dag_id"),
    request_id: row.text("request_id"),
    window: { start: row.integer("from_date"), end: row.integer("to_date") },
    step: row.text("step") as BackfillStep,
    map_keys: readChoice(row.facts("map_keys")),
    run_backwards: row.integer("run_backwards") === 1,
    max_active_runs: row.integer("max_active_runs"),
    reprocess_behavior: row.text("reprocess_behavior") as ReprocessBehavior,
    conf: row.facts("dag_run_conf") ?? {},
    reason: row.textOrNull("reason"),
    total: row.integer("total"),
    is_paused: row.integer("is_paused") === 1,
    next_index: row.integer("next_index"),
    skipped: row.integer("skipped"),
    created_at: row.integer("created_at"),
    updated_at: row.integer("updated_at"),
    completed_at: row.integerOrNull("completed_at"),
    cancelled_at: row.integerOrNull("cancelled_at"),
    runs: {
      queued: row.integer("runs_queued"),
      running: row.integer("runs_running"),
      success: row.integer("runs_success"),
      failed: row.integer("runs_failed"),
    },
  };
}

/** A list is of instruments: rows that were written when there was nothing else. */
function readChoice(stored: unknown): MapKeyChoice | null {
  return Array.isArray(stored) ? { instrument: stored as string[] } : (stored as MapKeyChoice | null);
}
