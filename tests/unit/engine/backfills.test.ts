import { beforeEach, describe, expect, it } from "vitest";
import { createEngine } from "../../../functions/engine/engine.ts";
import { backfillSchema } from "../../../shared/contracts/backfills.ts";
import type { RunSlice, SliceContext } from "../../../shared/dag/step.ts";
import { DAY, HOUR, toIso } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { openOrchestration } from "../../support/engine/orchestration.ts";
import { dagOf, NOW, REQUEST } from "../../support/engine/pipelineFixtures.ts";

const schedule = { cron: "0 * * * *", time_zone: "UTC", trigger_cron: "0 * * * *" } as const;
const dag = dagOf([{ task_id: "x", map_over: "instrument", retries: 0 }], { schedule });
const START = Date.UTC(2025, 5, 20);
const body = (days: number, over = {}) => ({
  dag_id: "d",
  from_date: toIso(START),
  to_date: toIso(START + days * DAY),
  max_active_runs: 2,
  ...over,
});

let ran: string[];
let fails: (context: SliceContext) => boolean;
const step: RunSlice<null> = async (_ports, context) => {
  ran.push(`${toIso(context.window.start).slice(5, 10)} ${context.map_key}`);
  if (fails(context)) throw new AppError("invalid_candle", "bad");
  return { kind: "success", report: { conf: context.conf } };
};
const open = () => openOrchestration([dag], { step });
beforeEach(() => {
  ran = [];
  fails = () => false;
});

describe("a backfill", () => {
  it("runs its intervals in order, no more than max_active_runs at once, and shows its progress", async () => {
    const { backfills, engine, ledger, hints, finish } = await open();
    const created = await backfills.create(body(4, { map_keys: ["EUR_USD"], dag_run_conf: { full: true } }));
    expect(backfillSchema.parse(created)).toMatchObject({
      state: "running",
      step: "1d",
      progress: { total: 4, queued: 2, running: 2, success: 0 },
    });
    const first = hints.take();
    expect(first).toHaveLength(2);
    await engine.runHint(first[0]!);
    expect((await backfills.get(created.id)).progress).toMatchObject({ queued: 1, running: 2, success: 1 });
    expect(hints.take()).toHaveLength(1);
    await finish();
    expect(ran).toEqual(["06-20 EUR_USD", "06-21 EUR_USD", "06-22 EUR_USD", "06-23 EUR_USD"]);
    expect(await backfills.get(created.id)).toMatchObject({
      state: "completed",
      progress: { total: 4, queued: 0, running: 0, success: 4, failed: 0, skipped: 0 },
    });
    const [run] = (await ledger.runs("d", { limit: 1, offset: 0 })).runs;
    expect(run).toMatchObject({ run_type: "backfill", triggered_by: "backfill", backfill_id: created.id, conf: { full: true } });
    expect((await backfills.list({ limit: 5, offset: 0, dag_id: "d" })).total_entries).toBe(1);
  });

  it("is of what its conf says, where the pipeline goes by that, and of nothing that is named beside it", async () => {
    const pooling = { ...dag, mapKeysOf: ({ all }: Readonly<Record<string, unknown>>) => (all ? { instrument: ["all"] } : null) };
    const { backfills, finish } = await openOrchestration([pooling], { step });
    const asked = body(2, { dag_run_conf: { all: true } });
    await expect(backfills.create({ ...asked, map_keys: ["EUR_USD"] })).rejects.toMatchObject({ details: { field: "map_keys" } });
    await backfills.create(asked);
    await finish();
    expect(ran).toEqual(["06-20 all", "06-21 all"]);
  });

  it.each([
    ["more than its DAG's", 3, 1],
    ["fewer than its DAG's", 1, 3],
  ])("that may run %s runs at once does so, also when only the sweep drives it", async (_which, own, dags) => {
    const limited = dagOf([{ task_id: "x", map_over: "instrument", retries: 0 }], { schedule, max_active_runs: dags });
    const { backfills, engine, ledger } = await openOrchestration([limited], { step });
    await backfills.create(body(5, { map_keys: ["EUR_USD"], max_active_runs: own }));
    const running = async () => (await ledger.runs("d", { where: { one_of: { state: ["running"] } }, limit: 10, offset: 0 })).total_entries;
    for (let rounds = 0; rounds < 3; rounds++) {
      const { due } = await engine.sweep();
      expect(await running()).toBe(own);
      expect(due).toHaveLength(own);
      await engine.runHint(due[0]!);
    }
    await engine.drain();
    expect(ran).toHaveLength(5);
  });

  it("goes backwards, beside the schedule and not in its place", async () => {
    const { backfills, engine, finish, ledger } = await open();
    await backfills.create(body(3, { run_backwards: true, max_active_runs: 1, map_keys: ["EUR_USD"] }));
    const [scheduled] = await engine.schedule("0 * * * *", NOW);
    expect(scheduled).toMatchObject({ created: true, run: { state: "running" } });
    await finish();
    expect(ran.filter((one) => one.startsWith("06-2") && one < "06-27")).toEqual(["06-22 EUR_USD", "06-21 EUR_USD", "06-20 EUR_USD"]);
    expect((await ledger.runs("d", { where: { one_of: { state: ["success"] } }, limit: 9, offset: 0 })).total_entries).toBe(4);
  });

  it("can be paused, resumed and cancelled, and goes on in a new engine by its sweep alone", async () => {
    const { backfills, engine, deps, clock, hints, finish } = await open();
    const { id } = await backfills.create(body(5, { map_keys: ["EUR_USD"] }));
    expect(await backfills.setPaused(id, true)).toMatchObject({ state: "paused" });
    await finish();
    expect((await backfills.get(id)).progress).toMatchObject({ success: 2, queued: 3, running: 0 });
    await backfills.setPaused(id, false);
    hints.take();
    const restarted = createEngine(deps);
    await restarted.drain({ advanceTo: clock.set, max_slices: 50 });
    expect(await backfills.get(id)).toMatchObject({ state: "completed", progress: { success: 5 } });
    hints.take();
    const second = await backfills.create(body(5, { reprocess_behavior: "completed", map_keys: ["EUR_USD"] }));
    await engine.runHint(hints.take()[0]!);
    expect(await backfills.cancel(second.id)).toMatchObject({ state: "cancelled", progress: { success: 1, running: 2, cancelled: 2 } });
    await finish();
    expect((await backfills.get(second.id)).progress).toMatchObject({ success: 3, running: 0, cancelled: 2 });
    await expect(backfills.cancel(second.id)).rejects.toMatchObject({ code: "backfill_ended", status: 409 });
    await expect(backfills.setPaused(id, true)).rejects.toMatchObject({ code: "backfill_ended", status: 409 });
  });

  it("cancels runs that were queued under a paused DAG", async () => {
    const { backfills, control, ledger } = await open();
    await control.patchDag("d", { is_paused: true });
    const { id, progress } = await backfills.create(body(3));
    expect(progress).toMatchObject({ queued: 3, running: 0 });
    await backfills.cancel(id);
    expect((await ledger.runs("d", { limit: 9, offset: 0 })).runs.map((run) => run.state)).toEqual(["failed", "failed"]);
    const [run] = (await ledger.runs("d", { limit: 1, offset: 0 })).runs;
    expect((await ledger.taskInstances("d", run!.run_id))[0]).toMatchObject({ state: "skipped", note: `backfill ${id} was cancelled` });
  });

  it.each([
    ["none", [], { skipped: 3 }],
    ["failed", ["06-21 EUR_USD"], { skipped: 2, success: 1 }],
    ["completed", ["06-20 EUR_USD", "06-21 EUR_USD", "06-22 EUR_USD"], { skipped: 0, success: 3 }],
  ] as const)("with reprocess_behavior %s runs again %j of what is there", async (reprocess_behavior, again, progress) => {
    const { backfills, finish, ledger } = await open();
    fails = (context) => toIso(context.window.start).includes("06-21");
    const asked = body(3, { map_keys: ["EUR_USD"] });
    await backfills.create(asked);
    await finish();
    fails = () => false;
    ran = [];
    const plan = await backfills.dryRun({ ...asked, reprocess_behavior });
    expect(plan.backfills.filter((one) => one.action === "rerun")).toHaveLength(again.length);
    expect(plan).toMatchObject({ total_entries: 3, step: "1d" });
    const { id } = await backfills.create({ ...asked, reprocess_behavior, dag_run_conf: { again: true } });
    await finish();
    expect(ran).toEqual(again);
    expect(await backfills.get(id)).toMatchObject({ state: "completed", progress });
    expect((await ledger.runs("d", { limit: 9, offset: 0 })).total_entries).toBe(3);
  });

  it("does not take a run of other instruments for its own", async () => {
    const { backfills, finish } = await open();
    await backfills.create(body(1, { map_keys: ["EUR_USD"] }));
    await finish();
    expect((await backfills.dryRun(body(1))).backfills).toMatchObject([{ action: "create", dag_run_id: null }]);
  });

  it("waits for a run that covers an interval, before it runs that again", async () => {
    const { backfills, engine, hints, finish } = await open();
    await engine.triggerRun({ ...REQUEST, window: { start: START, end: START + DAY }, map_keys: { instrument: ["EUR_USD"] } });
    hints.take();
    const { id } = await backfills.create(body(2, { reprocess_behavior: "completed", map_keys: ["EUR_USD"] }));
    expect(hints.take()).toEqual([]);
    await finish();
    expect(ran).toEqual(["06-20 EUR_USD", "06-20 EUR_USD", "06-21 EUR_USD"]);
    expect((await backfills.get(id)).state).toBe("completed");
  });

  it("covers intervals of the schedule, so that a cron that fires late makes no second run", async () => {
    const { backfills, engine, finish } = await open();
    const hour = { from_date: toIso(NOW - HOUR), to_date: toIso(NOW), step: "schedule" };
    await backfills.create(body(0, hour));
    await finish();
    const [run] = await engine.schedule("0 * * * *", NOW);
    expect(run).toMatchObject({ created: false, run: { run_type: "backfill", state: "success" } });
  });

  it("is one for one request, however often it comes", async () => {
    const { backfills } = await open();
    const origin = { request_id: "m1", reason: "late bars" };
    const [one, two] = await Promise.all([backfills.create(body(3), origin), backfills.create(body(3), origin)]);
    expect(one.id).toBe(two.id);
    expect(await backfills.get(one.id)).toMatchObject({ reason: "late bars", progress: { total: 3, running: 2 } });
  });

  it.each([
    [{ dag_id: "other" }, "unknown_dag", 404, "dag_id"],
    [{ to_date: toIso(START) }, "invalid_request", 422, "from_date"],
    [{ to_date: "2025-06-27T12:00:01Z" }, "invalid_request", 422, "to_date"],
    [{ from_date: "2010-01-01T00:00:00Z" }, "invalid_request", 422, "from_date"],
    [{ from_date: "yesterday" }, "invalid_timestamp", 400, "from_date"],
    [{ step: "1w" }, "invalid_request", 422, "step"],
    [{ from_date: "2016-01-01T00:00:00Z", step: "1h" }, "invalid_request", 422, "step"],
    [{ to_date: toIso(START + HOUR / 2), step: "schedule" }, "invalid_request", 422, "step"],
    [{ map_keys: ["EUR_USD", "EUR_USD"] }, "invalid_request", 422, "map_keys"],
    [{ max_active_runs: 0 }, "invalid_request", 422, "max_active_runs"],
  ])("is refused with %j", async (over, code, status, field) => {
    const { backfills } = await open();
    await expect(backfills.create(body(2, over))).rejects.toMatchObject({ code, status, details: { field } });
    await expect(backfills.get(9)).rejects.toMatchObject({ code: "unknown_backfill", status: 404 });
  });
});
