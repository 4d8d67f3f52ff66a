import { describe, expect, it } from "vitest";
import { AppError } from "../../../shared/errors.ts";
import { openOrchestration } from "../../support/engine/orchestration.ts";
import { dagOf } from "../../support/engine/pipelineFixtures.ts";

const MESSAGE = { pipeline: "d", instruments: ["EUR_USD"], from: "2025-06-01T00:00:00Z", to: "2025-06-03T00:00:00Z", reason: "late bars" };
const DAILY = { dag_id: "daily", schedule: { cron: "0 0 * * *", time_zone: "UTC", trigger_cron: "0 0 * * *" } } as const;
const TASKS = [{ task_id: "x", map_over: "instrument" }] as const;
const open = () => openOrchestration([dagOf(TASKS), dagOf(TASKS, DAILY)]);
const ALL = { limit: 10, offset: 0 };

describe("a reprocess message", () => {
  it("becomes one backfill of everything in its span, however often it is delivered", async () => {
    const { reprocess, backfills, finish, ledger } = await open();
    const first = await reprocess.receive({ id: "m1", body: MESSAGE });
    expect(first).toMatchObject({
      dag_id: "d",
      map_keys: ["EUR_USD"],
      reprocess_behavior: "completed",
      reason: "late bars",
      progress: { total: 2 },
    });
    await finish();
    expect((await reprocess.receive({ id: "m1", body: MESSAGE }))?.id).toBe(first?.id);
    expect((await reprocess.receive({ id: "m2", body: MESSAGE }))?.id).not.toBe(first?.id);
    await finish();
    expect((await backfills.list(ALL)).total_entries).toBe(2);
    expect((await ledger.taskInstances("d", (await ledger.runs("d", { limit: 1, offset: 0 })).runs[0]!.run_id))[0]).toMatchObject({
      try_number: 2,
    });
  });

  it.each([
    ["not an object", "body: "],
    [{ ...MESSAGE, instruments: [] }, "instruments: "],
    [{ ...MESSAGE, pipeline: "gone" }, 'pipeline: there is no DAG "gone"'],
    [{ ...MESSAGE, from: MESSAGE.to }, "from: 2025-06-03T00:00:00Z is not before to (2025-06-03T00:00:00Z)"],
    [{ ...MESSAGE, to: "soon" }, 'to: "soon" is not a time'],
    [{ ...MESSAGE, instruments: ["EUR_USD", "EUR_USD"] }, "instruments: each may be given once"],
    [{ ...MESSAGE, to: "2027-01-01T00:00:00Z" }, "to: 2027-01-01T00:00:00Z is in the future"],
    [{ ...MESSAGE, pipeline: "daily", to: "2025-06-01T20:00:00Z" }, "from: no interval of the schedule of daily lies whole in the window"],
    [{ ...MESSAGE, extra: 1 }, "extra: is not a field of this request"],
    [undefined, "body: "],
  ])("that cannot be obeyed is kept as a dead letter: %j", async (body, error) => {
    const { reprocess, backfills } = await open();
    expect(await reprocess.receive({ id: "m1", body })).toBeNull();
    expect(await reprocess.receive({ id: "m1", body })).toBeNull();
    const { dead_letters, total_entries } = await reprocess.deadLetters({ ...ALL, is_replayed: false });
    expect(total_entries).toBe(1);
    expect(dead_letters[0]).toMatchObject({
      id: "m1",
      queue: "fx-medallion-reprocess",
      error: expect.stringContaining(error),
      replayed_at: null,
    });
    expect((await backfills.list(ALL)).total_entries).toBe(0);
  });

  it("can be replayed with a corrected body, once", async () => {
    const { reprocess, backfills } = await open();
    await reprocess.receive({ id: "m1", body: { ...MESSAGE, instruments: "EUR_USD" } });
    await expect(reprocess.replay("m1")).rejects.toMatchObject({ status: 422 });
    await expect(reprocess.replay("m1", { ...MESSAGE, pipeline: "gone" })).rejects.toMatchObject({ code: "unknown_dag" });
    expect((await reprocess.deadLetters(ALL)).dead_letters[0]).toMatchObject({
      body: { pipeline: "gone" },
      error: expect.stringContaining("gone"),
    });
    const replayed = await reprocess.replay("m1", MESSAGE);
    expect(replayed).toMatchObject({ dag_id: "d", reason: "late bars" });
    expect((await reprocess.replay("m1")).id).toBe(replayed.id);
    expect((await reprocess.deadLetters({ ...ALL, is_replayed: false })).total_entries).toBe(0);
    expect((await backfills.list(ALL)).total_entries).toBe(1);
    await expect(reprocess.replay("absent")).rejects.toMatchObject({ code: "unknown_dead_letter", status: 404 });
  });

  it("stays in the queue while the store is away", async () => {
    const { reprocess, deps } = await open();
    const away = new AppError("store_unavailable", "away", { status: 503, retryable: true });
    Object.assign(deps.backfills, { create: () => Promise.reject(away) });
    await expect(reprocess.receive({ id: "m1", body: MESSAGE })).rejects.toBe(away);
    expect((await reprocess.deadLetters(ALL)).total_entries).toBe(0);
  });
});
