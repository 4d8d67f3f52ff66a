import { beforeEach, describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "../../../shared/domain/instant.ts";
import type { Ledger } from "../../../shared/ports/ledger.ts";
import { openOrchestration } from "../../support/engine/orchestration.ts";
import { dagOf, NOW, openMemoryLedger, REQUEST, succeed } from "../../support/engine/pipelineFixtures.ts";
import { createTestEngine } from "../../support/engine/testEngine.ts";

let ledger: Ledger;
beforeEach(async () => {
  ledger = await openMemoryLedger();
});

describe("schedule", () => {
  const schedule = { cron: "0 0 * * *", time_zone: "Asia/Singapore", trigger_cron: "0 16 * * *" } as const;

  it("creates one run an interval, however late or often the cron fires", async () => {
    const dags = [dagOf([{ task_id: "x" }], { schedule }), dagOf([{ task_id: "x" }], { dag_id: "other" })];
    const { engine } = createTestEngine(ledger, dags, { work: succeed });
    const midnight = Date.UTC(2025, 5, 26, 16);
    const runs = await Promise.all([midnight, midnight, midnight + 5 * MINUTE].map((time) => engine.schedule("0 16 * * *", time)));
    expect(runs.flat().filter((run) => run.created)).toHaveLength(1);
    expect(await engine.schedule("* * * * *", midnight)).toEqual([]);
    const { runs: stored, total_entries } = await ledger.runs("~", { limit: 10, offset: 0 });
    expect(total_entries).toBe(1);
    expect(stored[0]).toMatchObject({
      run_id: "scheduled__2025-06-26T16:00:00Z",
      run_type: "scheduled",
      triggered_by: "timetable",
      window: { start: Date.UTC(2025, 5, 25, 16), end: midnight },
    });
  });

  it("queues a second run behind an active one, and starts it when that ends", async () => {
    const { engine, hints } = createTestEngine(ledger, [dagOf([{ task_id: "x" }], { schedule })], { work: succeed });
    const midnight = Date.UTC(2025, 5, 26, 16);
    await engine.schedule("0 16 * * *", midnight);
    await engine.schedule("0 16 * * *", midnight + 24 * HOUR);
    const first = hints.take();
    expect(first).toHaveLength(1);
    await engine.runHint(first[0]!);
    const second = hints.take();
    expect(second.map((hint) => hint.run_id)).toEqual(["scheduled__2025-06-27T16:00:00Z"]);
    await engine.runHint(second[0]!);
    expect((await ledger.runs("d", { where: { one_of: { state: ["success"] } }, limit: 10, offset: 0 })).total_entries).toBe(2);
  });
});

describe("intervals that never got a run", () => {
  const schedule = { cron: "0 * * * *", time_zone: "UTC", trigger_cron: "0 * * * *" } as const;
  const dag = dagOf([{ task_id: "x" }], { schedule });
  const fireAt = async (hours: readonly number[]) => {
    const world = await openOrchestration([dag]);
    for (const hour of hours) {
      world.clock.set(NOW + hour * HOUR);
      await world.engine.schedule("0 * * * *", NOW + hour * HOUR);
      await world.finish();
    }
    const missed = () => world.ledger.missedRuns({ dag_id: "~", limit: 10 });
    return { ...world, missed };
  };

  it("are none while the schedule fires, also late, again, or for the first time", async () => {
    const { missed, engine, finish } = await fireAt([0, 0, 1, 2]);
    await engine.schedule("0 * * * *", NOW + 3 * HOUR + 20 * MINUTE);
    await finish();
    expect(await missed()).toEqual([]);
  });

  it("are a row a gap with their number, noted once", async () => {
    const { missed, engine } = await fireAt([0, 4, 6]);
    await engine.schedule("0 * * * *", NOW + 6 * HOUR);
    const row = { dag_id: "d", reason: "not_running", is_made_up: false };
    expect(await missed()).toEqual([
      { ...row, window: { start: NOW + 4 * HOUR, end: NOW + 5 * HOUR }, intervals: 1, found_at: NOW + 6 * HOUR },
      { ...row, window: { start: NOW, end: NOW + 3 * HOUR }, intervals: 3, found_at: NOW + 4 * HOUR },
    ]);
  });

  it("say that the DAG was paused", async () => {
    const { missed, engine, control, clock } = await fireAt([0]);
    clock.set(NOW + 90 * MINUTE);
    await control.patchDag("d", { is_paused: true });
    clock.set(NOW + 4 * HOUR);
    await control.patchDag("d", { is_paused: false });
    await engine.schedule("0 * * * *", NOW + 5 * HOUR);
    expect(await missed()).toMatchObject([{ reason: "paused", intervals: 4 }]);
  });

  it("are made up for by a run over them, or by runs of each, that have not failed", async () => {
    const { missed, engine, finish } = await fireAt([0, 4]);
    const trigger = (run_id: string, from: number, to: number) =>
      engine.triggerRun({ ...REQUEST, run_id, window: { start: NOW + from * HOUR, end: NOW + to * HOUR } });
    await trigger("some", 1, 3);
    await finish();
    expect(await missed()).toMatchObject([{ is_made_up: false }]);
    await trigger("rest", 0, 1);
    await finish();
    expect(await missed()).toMatchObject([{ is_made_up: true }]);
  });
});
