import { describe, expect, it } from "vitest";
import { clearOrderOf } from "../../../functions/api/clearOrderOf.ts";
import { viewOfObstacle } from "../../../functions/api/viewOfObstacle.ts";
import { runOrderOf, viewOfRun } from "../../../functions/api/viewOfRun.ts";
import { viewOfTask } from "../../../functions/api/viewOfTask.ts";
import { viewOfTry } from "../../../functions/api/viewOfTry.ts";
import { clearSchema } from "../../../shared/contracts/control.ts";
import { dagRunSchema, taskAttemptSchema, taskInstanceSchema } from "../../../shared/contracts/dags.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import type { LedgerRun, LedgerTask, LedgerTry } from "../../../shared/ports/ledgerRecords.ts";
import { dagOf, NOW } from "../../support/pipelineFixtures.ts";

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

// As text: the order of the fields is part of an answer, too.
describe("the ledger's records, as the API shows them", () => {
  it("a run has ISO times, the ends of its data interval, and seconds", () => {
    const view = viewOfRun(RUN);
    expect(dagRunSchema.parse(view)).toEqual(view);
    expect(JSON.stringify(view)).toBe(
      '{"dag_id":"d","dag_run_id":"r","run_type":"scheduled","state":"success","data_interval_start":"2025-06-27T11:00:00Z",' +
        '"data_interval_end":"2025-06-27T12:00:00Z","conf":{"deep":{"1":null}},"triggered_by":"timetable","queued_at":"2025-06-27T12:00:00Z",' +
        '"start_date":"2025-06-27T12:00:00.007Z","end_date":"2025-06-27T12:00:01.507Z","duration":1.5,"backfill_id":3,' +
        '"deadline_at":"2025-06-27T13:00:00Z","is_late":true,"failed_tasks":1,"skipped_tasks":2,"skip_reason":"nothing new"}',
    );
    const waiting = viewOfRun({ ...RUN, state: "queued", started_at: null, ended_at: null, deadline_at: null });
    expect(waiting).toMatchObject({ start_date: null, end_date: null, duration: null, deadline_at: null });
  });

  it("a task has no duration until it has ended", () => {
    const view = viewOfTask(TASK);
    expect(taskInstanceSchema.parse(view)).toEqual(view);
    expect(JSON.stringify(view)).toBe(
      '{"dag_id":"d","dag_run_id":"r","task_id":"x","map_key":"EUR_USD","state":"up_for_retry","try_number":1,"max_tries":2,' +
        '"not_before":"2025-06-27T12:01:00Z","start_date":"2025-06-27T12:00:00Z","end_date":null,"duration":null,"report":{"read":5},' +
        '"note":"by hand","pool":"oanda"}',
    );
    expect(viewOfTask({ ...TASK, state: null, not_before: null })).toMatchObject({ state: null, not_before: null });
    expect(viewOfTask({ ...TASK, started_at: null, ended_at: NOW })).toMatchObject({ start_date: null, duration: null });
  });

  it("a try has its error and its log", () => {
    const view = viewOfTry(TRY);
    expect(taskAttemptSchema.parse(view)).toEqual(view);
    expect(JSON.stringify(view)).toBe(
      '{"dag_id":"d","dag_run_id":"r","task_id":"x","map_key":"EUR_USD","try_number":1,"state":"failed","start_date":"2025-06-27T12:00:00Z",' +
        '"end_date":"2025-06-27T12:00:00.250Z","duration":0.25,"error":{"code":"internal","message":"broken","retryable":false},' +
        '"report":null,"log":"line\\n"}',
    );
    expect(viewOfTry({ ...TRY, state: "running", ended_at: null })).toMatchObject({ end_date: null, duration: null });
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

  it("a clear is of one run, or of the runs between two times", () => {
    const dag = dagOf([{ task_id: "x" }]);
    const read = (body: object) => clearOrderOf(dag, clearSchema.parse(body));
    const pick = { include_upstream: false, include_downstream: false, only_failed: true };
    expect(read({ dag_run_id: "r" })).toEqual({ of: { run_id: "r" }, pick, is_dry_run: true, may_revoke: false });
    const span = { start_date: "2025-06-27T11:00:00Z", end_date: "2025-06-27T14:00:00+02:00" };
    expect(read({ ...span, task_ids: ["x"], map_keys: ["EUR_USD"], dry_run: false, prevent_running_task: false })).toEqual({
      of: { within: { start: NOW - HOUR, end: NOW } },
      pick: { ...pick, task_ids: ["x"], map_keys: ["EUR_USD"] },
      is_dry_run: false,
      may_revoke: true,
    });
  });
});
