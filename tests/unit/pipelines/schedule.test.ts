import { beforeEach, describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "../../../shared/domain/instant.ts";
import type { Ledger } from "../../../shared/ports/ledger.ts";
import { dagOf, openMemoryLedger, succeed } from "../../support/pipelineFixtures.ts";
import { createTestEngine } from "../../support/testEngine.ts";

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
      dag_run_id: "scheduled__2025-06-26T16:00:00Z",
      run_type: "scheduled",
      triggered_by: "timetable",
      data_interval_start: "2025-06-25T16:00:00Z",
      data_interval_end: "2025-06-26T16:00:00Z",
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
    expect((await ledger.runs("d", { state: "success", limit: 10, offset: 0 })).total_entries).toBe(2);
  });
});
