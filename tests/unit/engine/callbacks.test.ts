import { describe, expect, it } from "vitest";
import { createLogNotifier } from "../../../functions/adapters/logNotifier.ts";
import type { RunSlice } from "../../../shared/dag/step.ts";
import { HOUR, MINUTE } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import type { Notification } from "../../../shared/ports/notifier.ts";
import { openOrchestration } from "../../support/engine/orchestration.ts";
import { dagOf, keyOf, NOW, REQUEST } from "../../support/engine/pipelineFixtures.ts";

const failing =
  (retryable: boolean): RunSlice<null> =>
  async () => {
    throw new AppError("source_unavailable", "away", { retryable });
  };

describe("callbacks", () => {
  it.each([
    [false, ["on_failure", "on_run_failure"]],
    [true, ["on_failure", "on_retry_exhausted", "on_run_failure"]],
  ])("tell once of a failed task and run; used-up retries: %s", async (retryable, kinds) => {
    const world = await openOrchestration([dagOf([{ task_id: "x", retries: 1 }])], { step: failing(retryable) });
    await world.engine.triggerRun(REQUEST);
    await world.finish();
    await world.engine.sweep();
    await world.engine.sweep();
    expect(world.notified.map((one) => one.kind)).toEqual(kinds);
    expect(world.notified[0]).toMatchObject({
      severity: "error",
      title: "d.x has failed",
      text: expect.stringContaining("source_unavailable: away"),
      labels: { dag_id: "d", run_id: "r", task_id: "x", map_key: "", try_number: retryable ? "2" : "1" },
    });
    expect(world.notified.at(-1)).toMatchObject({
      title: "A run of d has failed",
      text: expect.stringContaining("Failed: x."),
      labels: { dag_id: "d", run_id: "r" },
    });
  });

  it("are only those that the DAG has", async () => {
    const world = await openOrchestration([dagOf([{ task_id: "x", retries: 0 }], { callbacks: ["on_run_failure"] })], {
      step: failing(true),
    });
    await world.engine.triggerRun(REQUEST);
    await world.finish();
    await world.engine.sweep();
    expect(world.notified.map((one) => one.kind)).toEqual(["on_run_failure"]);
  });

  it("come again with the same id when a receiver was away or the sweep died, until they are taken", async () => {
    const seen: string[] = [];
    const fates = ["away", "crash", "taken"];
    const notify = async ({ id }: Notification) => {
      seen.push(id);
      if (fates.shift() === "away") throw new Error("503 from the receiver");
    };
    const world = await openOrchestration([dagOf([{ task_id: "x" }], { callbacks: ["on_failure"] })], {
      step: failing(false),
      over: { notifier: { notify } },
    });
    await world.engine.triggerRun(REQUEST);
    await world.finish();
    await world.engine.sweep();
    expect((await world.deps.outbox.list({ limit: 9, offset: 0, is_delivered: false })).callbacks).toMatchObject([
      { attempts: 1, last_error: "503 from the receiver" },
    ]);
    await world.engine.sweep();
    expect(seen).toHaveLength(1);
    world.clock.advance(MINUTE);
    const { markDelivered } = world.deps.outbox;
    Object.assign(world.deps.outbox, { markDelivered: () => Promise.reject(new Error("the sweep died")) });
    await expect(world.engine.sweep()).rejects.toThrow("the sweep died");
    Object.assign(world.deps.outbox, { markDelivered });
    world.clock.advance(MINUTE);
    await world.engine.sweep();
    expect(seen).toEqual(Array(3).fill("on_failure:d/r/x//1"));
    expect((await world.deps.outbox.list({ limit: 9, offset: 0, is_delivered: true })).total_entries).toBe(1);
  });

  it("are lines of the log where no receiver is set", async () => {
    const lines: string[] = [];
    await createLogNotifier((line) => void lines.push(line)).notify({
      id: "i",
      kind: "on_failure",
      severity: "error",
      title: "t",
      text: "x",
      labels: {},
      starts_at: 1,
    });
    expect(JSON.parse(lines[0]!)).toMatchObject({ event: "notification", id: "i", kind: "on_failure" });
  });
});

describe("deadlines", () => {
  const slow: RunSlice<null> = async () => ({ kind: "reschedule", delay_ms: 20 * MINUTE, cursor: null, report: {} });

  it("tell once of a run that is late while it still runs", async () => {
    const dag = dagOf([{ task_id: "x" }], { deadline: { reference: "queued_at", after_ms: 30 * MINUTE } });
    const world = await openOrchestration([dag], { step: slow });
    await world.engine.triggerRun(REQUEST);
    world.clock.advance(30 * MINUTE - 1);
    expect((await world.engine.sweep()).late).toBe(0);
    world.clock.advance(1);
    expect((await world.engine.sweep()).late).toBe(1);
    await world.engine.sweep();
    expect(world.notified).toMatchObject([
      {
        kind: "on_deadline_missed",
        severity: "warning",
        text: expect.stringContaining("to be done by 2025-06-27T12:30:00Z, and is running"),
      },
    ]);
    expect(await world.ledger.run("d", "r")).toMatchObject({ is_late: true, deadline_at: Date.UTC(2025, 5, 27, 12, 30) });
  });

  it("tell of a run that ended late between two sweeps, and not of one in time", async () => {
    const dag = dagOf([{ task_id: "x" }], { deadline: { reference: "queued_at", after_ms: 30 * MINUTE }, max_active_runs: 2 });
    const world = await openOrchestration([dag]);
    await world.engine.triggerRun(REQUEST);
    await world.engine.triggerRun({ ...REQUEST, run_id: "late", window: { start: 0, end: 1 } });
    await world.engine.runHint(keyOf("x"));
    world.clock.advance(31 * MINUTE);
    await world.engine.runHint({ ...keyOf("x"), run_id: "late" });
    await world.engine.sweep();
    expect(world.notified.map((one) => one.labels["run_id"])).toEqual(["late"]);
  });

  it("count from the interval's end for the schedule only", async () => {
    const schedule = { cron: "0 * * * *", time_zone: "UTC", trigger_cron: "0 * * * *" } as const;
    const dag = dagOf([{ task_id: "x" }], { schedule, deadline: { reference: "interval_end", after_ms: 10 * MINUTE } });
    const world = await openOrchestration([dag]);
    const [scheduled] = await world.engine.schedule("0 * * * *", NOW);
    expect(scheduled?.run.deadline_at).toBe(Date.UTC(2025, 5, 27, 12, 10));
    expect(
      (await world.engine.triggerRun({ ...REQUEST, window: { start: NOW - 99 * HOUR, end: NOW - 98 * HOUR } })).run.deadline_at,
    ).toBeNull();
  });
});
