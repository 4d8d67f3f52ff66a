import type { PlannedBackfill } from "../../shared/contracts/backfills.ts";
import { toIso } from "../../shared/domain/instant.ts";
import type { BackfillPlan } from "../engine/backfills.ts";

/** What a backfill would do, in the words of Airflow's REST API v2. */
export function viewOfPlan({ intervals, total, step }: BackfillPlan): PlannedBackfill {
  const backfills = intervals.map(({ window, action, run_id }) => ({
    data_interval_start: toIso(window.start),
    data_interval_end: toIso(window.end),
    action,
    dag_run_id: run_id,
    logical_date: toIso(window.start),
    ...{ partition_key: null, partition_date: null },
  }));
  return { backfills, total_entries: total, step };
}
