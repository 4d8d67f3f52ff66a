import { viewOfDag } from "../../../functions/api/viewOfDag.ts";
import { viewOfRun } from "../../../functions/api/viewOfRun.ts";
import { viewOfTask } from "../../../functions/api/viewOfTask.ts";
import { viewOfTry } from "../../../functions/api/viewOfTry.ts";
import type { Dag, DagRun, TaskAttempt, TaskInstance } from "../../../shared/contracts/dags.ts";
import { defineDag } from "../../../shared/dag/defineDag.ts";
import type { LedgerTask } from "../../../shared/ports/ledgerRecords.ts";

/** A pipeline, a run, a task and a try as the API shows them, for tests that are about some of their fields. */

const NOW = Date.UTC(2025, 5, 27, 12);
const LIFETIME = { started_at: null, ended_at: null };
const KEY = { dag_id: "d", run_id: "r", task_id: "x", map_key: "" };
const RUN = { run_type: "manual", window: { start: NOW - 1, end: NOW } } as const;
const TASK: LedgerTask = {
  ...{ ...KEY, ...RUN, ...LIFETIME, map_index: -1, state: "success", try_number: 1, max_tries: 3 },
  ...{ not_before: null, report: null, note: null, pool: null },
};

export const ANY_DAG: Dag = viewOfDag(defineDag({ dag_id: "d", description: "", schedule: null, tasks: [] }), false, NOW);
export const ANY_RUN: DagRun = viewOfRun({
  ...{ dag_id: "d", run_id: "r", ...RUN, ...LIFETIME, state: "success", conf: {}, triggered_by: "test", queued_at: NOW },
  ...{ backfill_id: null, deadline_at: null, is_late: false, failed_tasks: 0, skipped_tasks: 0, skip_reason: null },
});
export const ANY_TASK: TaskInstance = viewOfTask(TASK);
export const ANY_TRY: TaskAttempt = viewOfTry(
  { ...KEY, try_number: 1, state: "success", started_at: NOW, ended_at: NOW, error: null, report: null, log: "" },
  TASK,
);
