import type { RunField } from "../../shared/contracts/dagRuns.ts";
import type { DagRun } from "../../shared/contracts/dags.ts";
import { toIso, toIsoOrNull } from "../../shared/domain/instant.ts";
import type { RunOrder } from "../../shared/ports/ledgerQueries.ts";
import type { LedgerRun } from "../../shared/ports/ledgerRecords.ts";
import type { Order } from "../../shared/ports/order.ts";
import { NONE_OF_RUN } from "./airflowNulls.ts";
import { datesOf } from "./datesOf.ts";
import { lifetimeOf } from "./lifetimeOf.ts";

/** A run in the words of Airflow's REST API v2. */
export function viewOfRun(run: LedgerRun): DagRun {
  return {
    dag_id: run.dag_id,
    dag_run_id: run.run_id,
    run_type: run.run_type,
    state: run.state,
    data_interval_start: toIso(run.window.start),
    data_interval_end: toIso(run.window.end),
    conf: run.conf,
    triggered_by: run.triggered_by,
    queued_at: toIso(run.queued_at),
    ...lifetimeOf(run),
    backfill_id: run.backfill_id,
    deadline_at: toIsoOrNull(run.deadline_at),
    is_late: run.is_late,
    failed_tasks: run.failed_tasks,
    skipped_tasks: run.skipped_tasks,
    skip_reason: run.skip_reason,
    dag_display_name: run.dag_id,
    ...datesOf(run),
    ...NONE_OF_RUN,
    dag_versions: [],
  };
}

const ORDERS: Readonly<Record<RunField, RunOrder>> = {
  dag_id: "dag_id",
  dag_run_id: "run_id",
  run_id: "run_id",
  run_type: "run_type",
  state: "state",
  data_interval_start: "window_start",
  data_interval_end: "window_end",
  logical_date: "scheduled_start",
  run_after: "window_end",
  queued_at: "queued_at",
  start_date: "started_at",
  end_date: "ended_at",
  duration: "duration",
  updated_at: "updated_at",
  conf: "conf",
};

/** The ledger's order of runs, for a field that the API shows. */
export function runOrderOf({ field, is_descending }: Order<RunField>): Order<RunOrder> {
  return { field: ORDERS[field], is_descending };
}
