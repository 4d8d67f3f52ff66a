import { describe, expect, it } from "vitest";
import { backfillRequestOf } from "../../../functions/api/backfillRequestOf.ts";
import { clearOrderOf } from "../../../functions/api/clearOrderOf.ts";
import { backfillOrderOf, viewOfBackfill } from "../../../functions/api/viewOfBackfill.ts";
import { viewOfDeadLetter } from "../../../functions/api/viewOfDeadLetter.ts";
import { viewOfObstacle } from "../../../functions/api/viewOfObstacle.ts";
import { viewOfPlan } from "../../../functions/api/viewOfPlan.ts";
import { runOrderOf, viewOfRun } from "../../../functions/api/viewOfRun.ts";
import { viewOfTask } from "../../../functions/api/viewOfTask.ts";
import { viewOfTry } from "../../../functions/api/viewOfTry.ts";
import { backfillBodySchema, backfillSchema, plannedBackfillSchema } from "../../../shared/contracts/backfills.ts";
import { clearSchema } from "../../../shared/contracts/control.ts";
import { dagRunSchema, taskAttemptSchema, taskInstanceSchema } from "../../../shared/contracts/dags.ts";
import { deadLetterSchema } from "../../../shared/contracts/reprocess.ts";
import { DAY, HOUR } from "../../../shared/domain/instant.ts";
import type { Backfill } from "../../../shared/ports/backfillStore.ts";
import type { LedgerRun, LedgerTask, LedgerTry } from "../../../shared/ports/ledgerRecords.ts";
import { dagOf, NOW } from "../../support/engine/pipelineFixtures.ts";

const RUN: LedgerRun = {
  dag_id: "d",
  run_id: "r",
  run_type: "scheduled",
  state: "success",
  window: { start: NOW - HOUR, end: NOW },
  conf: { deep: { 1: null } },
  triggered_by: "timetable",
  queued_at: NOW,
  started_at: NOW + 7,
  ended_at: NOW + 1_507,
  backfill_id: 3,
  deadline_at: NOW + HOUR,
  is_late: true,
  failed_tasks: 1,
  skipped_tasks: 2,
  skip_reason: "nothing new",
};
const KEY = { dag_id: "d", run_id: "r", task_id: "x", map_key: "EUR_USD" };
const TASK: LedgerTask = {
  ...KEY,
  map_index: 0,
  run_type: "scheduled",
  window: RUN.window,
  state: "up_for_retry",
  try_number: 1,
  max_tries: 2,
  not_before: NOW + 60_000,
  started_at: NOW,
  ended_at: null,
  report: { read: 5 },
  note: "by hand",
  pool: "oanda",
};
/** Made of the key: the same for ever. */
const ID = "4b1541bd-2ae2-849f-8c36-a8eac740e268";
const TRY: LedgerTry = {
  ...KEY,
  try_number: 1,
  state: "failed",
  started_at: NOW,
  ended_at: NOW + 250,
  error: { code: "internal", message: "broken", retryable: false },
  report: null,
  log: "line\n",
};
const BACKFILL: Backfill = {
  id: 3,
  dag_id: "d",
  request_id: "backfill-token",
  window: { start: NOW - 5 * DAY, end: NOW },
  step: "1d",
  map_keys: { instrument: ["EUR_USD"] },
  run_backwards: false,
  max_active_runs: 2,
  reprocess_behavior: "failed",
  conf: { full: true },
  reason: "late bars",
  total: 5,
  is_paused: false,
  next_index: 4,
  skipped: 1,
  created_at: NOW,
  updated_at: NOW + 1,
  completed_at: null,
  cancelled_at: null,
  runs: { queued: 0, running: 1, success: 1, failed: 0 },
};

// As text: the order of the fields is part of an answer, too.
describe("the ledger's records, as the API shows them", () => {
  it("a run has ISO times, the ends of its data interval, and seconds", () => {
    const view = viewOfRun(RUN);
    expect(dagRunSchema.parse(view)).toEqual(view);
    expect(JSON.stringify(view)).toBe(
      '{"dag_id":"d","dag_run_id":"r","run_type":"scheduled","state":"success","data_interval_start":"2025-06-27T11:00:00Z",' +
        '"data_interval_end":"2025-06-27T12:00:00Z","conf":{"deep":{"1":null}},"triggered_by":"timetable","queued_at":"2025-06-27T12:00:00Z",' +
        '"start_date":"2025-06-27T12:00:00.007Z","end_date":"2025-06-27T12:00:01.507Z","duration":1.5,"backfill_id":3,' +
        '"deadline_at":"2025-06-27T13:00:00Z","is_late":true,"failed_tasks":1,"skipped_tasks":2,"skip_reason":"nothing new",' +
        '"dag_display_name":"d","logical_date":"2025-06-27T11:00:00Z","run_after":"2025-06-27T12:00:00Z","last_scheduling_decision":null,' +
        '"triggering_user_name":null,"note":null,"bundle_version":null,"partition_key":null,"partition_date":null,"dag_versions":[]}',
    );
    const waiting = viewOfRun({ ...RUN, state: "queued", started_at: null, ended_at: null, deadline_at: null });
    expect(waiting).toMatchObject({ start_date: null, end_date: null, duration: null, deadline_at: null });
  });

  it("a task has no duration until it has ended", () => {
    const view = viewOfTask(TASK);
    expect(taskInstanceSchema.parse(view)).toEqual(view);
    expect(JSON.stringify(view)).toBe(
      '{"dag_id":"d","dag_run_id":"r","task_id":"x","map_key":"EUR_USD","state":"up_for_retry","try_number":1,' +
        '"not_before":"2025-06-27T12:01:00Z","start_date":"2025-06-27T12:00:00Z","end_date":null,"duration":null,"report":{"read":5},' +
        `"note":"by hand","id":"${ID}",` +
        '"dag_display_name":"d","task_display_name":"x","map_index":0,"max_tries":2,"pool":"oanda","pool_slots":1,"executor_config":"{}",' +
        '"executor":null,"hostname":null,"unixname":null,"pid":null,"queue":null,"priority_weight":null,"operator":null,"operator_name":null,' +
        '"queued_when":null,"scheduled_when":null,"dag_version":null,"rendered_map_index":"EUR_USD",' +
        '"logical_date":"2025-06-27T11:00:00Z","run_after":"2025-06-27T12:00:00Z","rendered_fields":null,"trigger":null,"triggerer_job":null}',
    );
    expect(viewOfTask({ ...TASK, state: null, not_before: null })).toMatchObject({ state: null, not_before: null });
    expect(viewOfTask({ ...TASK, started_at: null, ended_at: NOW })).toMatchObject({ start_date: null, duration: null });
  });

  it("a try has its error and its log", () => {
    const view = viewOfTry(TRY, TASK);
    expect(taskAttemptSchema.parse(view)).toEqual(view);
    expect(JSON.stringify(view)).toBe(
      '{"dag_id":"d","dag_run_id":"r","task_id":"x","map_key":"EUR_USD","try_number":1,"state":"failed","start_date":"2025-06-27T12:00:00Z",' +
        '"end_date":"2025-06-27T12:00:00.250Z","duration":0.25,"error":{"code":"internal","message":"broken","retryable":false},' +
        '"report":null,"log":"line\\n",' +
        '"dag_display_name":"d","task_display_name":"x","map_index":0,"max_tries":2,"pool":"oanda","pool_slots":1,"executor_config":"{}",' +
        '"executor":null,"hostname":null,"unixname":null,"pid":null,"queue":null,"priority_weight":null,"operator":null,"operator_name":null,' +
        '"queued_when":null,"scheduled_when":null,"dag_version":null}',
    );
    expect(viewOfTry({ ...TRY, state: "running", ended_at: null }, TASK)).toMatchObject({ end_date: null, duration: null });
  });

  it("a backfill has what became of each interval, and nothing of how it is kept", () => {
    const view = viewOfBackfill(BACKFILL);
    expect(backfillSchema.parse(view)).toEqual(view);
    expect(JSON.stringify(view)).toBe(
      '{"id":3,"dag_id":"d","dag_display_name":"d","step":"1d","run_backwards":false,"max_active_runs":2,"reprocess_behavior":"failed","dag_run_conf":{"full":true},' +
        '"reason":"late bars","is_paused":false,"created_at":"2025-06-27T12:00:00Z","updated_at":"2025-06-27T12:00:00.001Z",' +
        '"completed_at":null,"from_date":"2025-06-22T12:00:00Z","to_date":"2025-06-27T12:00:00Z","map_keys":["EUR_USD"],"sources":null,' +
        '"state":"running","progress":{"total":5,"queued":1,"running":1,"success":1,"failed":0,"skipped":2,"cancelled":0}}',
    );
  });

  it.each([
    [{ is_paused: true }, "paused", { queued: 1, cancelled: 0 }],
    [{ completed_at: NOW }, "completed", { queued: 1, cancelled: 0 }],
    [{ completed_at: NOW, cancelled_at: NOW }, "cancelled", { queued: 0, cancelled: 1 }],
  ] as const)("a backfill with %j is %s", (over, state, progress) => {
    expect(viewOfBackfill({ ...BACKFILL, ...over, map_keys: null })).toMatchObject({ state, progress, map_keys: null, sources: null });
  });

  it("a plan names the runs that cover its intervals", () => {
    const intervals = [{ window: RUN.window, action: "rerun", run_id: "r" } as const];
    const view = viewOfPlan({ intervals, total: 7, step: "1h" });
    expect(plannedBackfillSchema.parse(view)).toEqual(view);
    expect(JSON.stringify(view)).toBe(
      '{"backfills":[{"data_interval_start":"2025-06-27T11:00:00Z","data_interval_end":"2025-06-27T12:00:00Z","action":"rerun",' +
        '"dag_run_id":"r","logical_date":"2025-06-27T11:00:00Z","partition_key":null,"partition_date":null}],"total_entries":7,"step":"1h"}',
    );
  });

  it("a dead letter has the body that came, not its text", () => {
    const letter = { id: "m", queue: "q", body: '{"pipeline":"d"}', error: "e", received_at: NOW, replayed_at: null };
    const view = viewOfDeadLetter(letter);
    expect(deadLetterSchema.parse(view)).toEqual(view);
    expect(view).toEqual({ ...letter, body: { pipeline: "d" }, received_at: "2025-06-27T12:00:00Z" });
    expect(viewOfDeadLetter({ ...letter, body: '"odd"', replayed_at: NOW })).toMatchObject({
      body: "odd",
      replayed_at: "2025-06-27T12:00:00Z",
    });
  });

  it("what is in a task's way passes at an ISO time, or nobody knows when", () => {
    const obstacle = { name: "leased", reason: "It runs.", until: NOW } as const;
    expect(viewOfObstacle(obstacle)).toEqual({ ...obstacle, until: "2025-06-27T12:00:00Z" });
    expect(viewOfObstacle({ ...obstacle, until: null })).toEqual({ ...obstacle, until: null });
  });
});

describe("what the API is asked, in the ledger's words", () => {
  it.each([
    ["dag_run_id", "run_id"],
    ["data_interval_start", "window_start"],
    ["data_interval_end", "window_end"],
    ["start_date", "started_at"],
    ["end_date", "ended_at"],
    ["queued_at", "queued_at"],
  ] as const)("runs by %s are those by %s", (field, ordered) => {
    expect(runOrderOf({ field, is_descending: true })).toEqual({ field: ordered, is_descending: true });
  });

  it("a backfill is of a window, with the keys of each dimension that is named", () => {
    const dags = [dagOf([{ task_id: "x" }])];
    const span = { dag_id: "d", from_date: "2025-06-27T11:00:00Z", to_date: "2025-06-27T12:00:00Z" };
    const read = (body: object) => backfillRequestOf(dags, backfillBodySchema.parse({ ...span, ...body }));
    const usual = { dag_id: "d", run_backwards: false, max_active_runs: 10, reprocess_behavior: "none", window: RUN.window };
    expect(read({})).toEqual({ ...usual, map_keys: null, conf: {} });
    expect(read({ sources: ["wire"], step: "6h", dag_run_conf: { a: 1 } })).toEqual({
      ...usual,
      map_keys: { source: ["wire"] },
      step: "6h",
      conf: { a: 1 },
    });
    expect(() => read({ from_date: "then", dag_id: "gone" })).toThrow('there is no DAG "gone"');
    expect(() => read({ from_date: "then", to_date: "now" })).toThrow('from_date: "then" is not a time');
    expect(backfillOrderOf({ field: "from_date", is_descending: false })).toEqual({ field: "window_start", is_descending: false });
    expect(backfillOrderOf({ field: "to_date", is_descending: true })).toEqual({ field: "window_end", is_descending: true });
  });

  it("a clear is of one run, or of the runs between two times", () => {
    const dag = dagOf([{ task_id: "x" }]);
    const read = (body: object) => clearOrderOf(dag, clearSchema.parse(body));
    const pick = { include_upstream: false, include_downstream: false, only_failed: true, only_running: false };
    expect(read({ dag_run_id: "r" })).toEqual({
      of: { run_id: "r", with_later: false, with_earlier: false },
      pick,
      is_dry_run: true,
      may_revoke: false,
    });
    const span = { start_date: "2025-06-27T11:00:00Z", end_date: "2025-06-27T14:00:00+02:00" };
    expect(read({ ...span, task_ids: ["x"], map_keys: ["EUR_USD"], dry_run: false, prevent_running_task: false })).toEqual({
      of: { within: { start: NOW - HOUR, end: NOW } },
      pick: { ...pick, task_ids: ["x"], map_keys: ["EUR_USD"] },
      is_dry_run: false,
      may_revoke: true,
    });
  });
});
