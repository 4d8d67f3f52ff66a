import type { BackfillView } from "../../shared/contracts/backfills.ts";
import { toIso } from "../../shared/domain/instant.ts";
import type { Backfill } from "../../shared/ports/backfillStore.ts";

/** A backfill as people see it, with what became of each of its intervals. */
export function viewOfBackfill(backfill: Backfill): BackfillView {
  const { window, map_keys, total, next_index, skipped, runs, request_id: _, cancelled_at, ...plain } = backfill;
  const not_made = total - next_index;
  // A run that is taken over by a later backfill is counted there, so what is left over has been passed on.
  const passed_on = Math.max(0, next_index - skipped - runs.queued - runs.running - runs.success - runs.failed);
  return {
    ...plain,
    from_date: toIso(window.start),
    to_date: toIso(window.end),
    map_keys: map_keys?.instrument ? [...map_keys.instrument] : null,
    sources: map_keys?.source ? [...map_keys.source] : null,
    state: stateOf(backfill),
    created_at: toIso(backfill.created_at),
    updated_at: toIso(backfill.updated_at),
    completed_at: backfill.completed_at === null ? null : toIso(backfill.completed_at),
    progress: {
      total,
      queued: runs.queued + (cancelled_at === null ? not_made : 0),
      running: runs.running,
      success: runs.success,
      failed: runs.failed,
      skipped: skipped + passed_on,
      cancelled: cancelled_at === null ? 0 : not_made,
    },
  };
}

function stateOf(backfill: Backfill): BackfillView["state"] {
  if (backfill.cancelled_at !== null) return "cancelled";
  if (backfill.completed_at !== null) return "completed";
  return backfill.is_paused ? "paused" : "running";
}
