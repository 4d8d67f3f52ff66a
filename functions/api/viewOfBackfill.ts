import type { BackfillField, BackfillView } from "../../shared/contracts/backfills.ts";
import { toIso, toIsoOrNull } from "../../shared/domain/instant.ts";
import type { Backfill, BackfillOrder } from "../../shared/ports/backfillStore.ts";
import type { Order } from "../../shared/ports/order.ts";

/** A backfill in the words of Airflow's REST API v2, with what became of each of its intervals. */
export function viewOfBackfill(backfill: Backfill): BackfillView {
  const { window, map_keys } = backfill;
  return {
    id: backfill.id,
    dag_id: backfill.dag_id,
    dag_display_name: backfill.dag_id,
    step: backfill.step,
    run_backwards: backfill.run_backwards,
    max_active_runs: backfill.max_active_runs,
    reprocess_behavior: backfill.reprocess_behavior,
    dag_run_conf: backfill.conf,
    reason: backfill.reason,
    is_paused: backfill.is_paused,
    created_at: toIso(backfill.created_at),
    updated_at: toIso(backfill.updated_at),
    completed_at: toIsoOrNull(backfill.completed_at),
    from_date: toIso(window.start),
    to_date: toIso(window.end),
    map_keys: map_keys?.instrument ? [...map_keys.instrument] : null,
    sources: map_keys?.source ? [...map_keys.source] : null,
    state: stateOf(backfill),
    progress: progressOf(backfill),
  };
}

function progressOf({ total, next_index, skipped, runs, cancelled_at }: Backfill): BackfillView["progress"] {
  const not_made = total - next_index;
  // A run that is taken over by a later backfill is counted there, so what is left over has been passed on.
  const passed_on = Math.max(0, next_index - skipped - runs.queued - runs.running - runs.success - runs.failed);
  return {
    total,
    queued: runs.queued + (cancelled_at === null ? not_made : 0),
    running: runs.running,
    success: runs.success,
    failed: runs.failed,
    skipped: skipped + passed_on,
    cancelled: cancelled_at === null ? 0 : not_made,
  };
}

function stateOf(backfill: Backfill): BackfillView["state"] {
  if (backfill.cancelled_at !== null) return "cancelled";
  if (backfill.completed_at !== null) return "completed";
  return backfill.is_paused ? "paused" : "running";
}

const ORDERS: Readonly<Record<BackfillField, BackfillOrder>> = {
  id: "id",
  dag_id: "dag_id",
  from_date: "window_start",
  to_date: "window_end",
  created_at: "created_at",
  updated_at: "updated_at",
  completed_at: "completed_at",
};

/** The store's order of backfills, for a field that the API shows. */
export function backfillOrderOf({ field, is_descending }: Order<BackfillField>): Order<BackfillOrder> {
  return { field: ORDERS[field], is_descending };
}
