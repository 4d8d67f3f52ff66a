import { describe, expect, it } from "vitest";
import type { RunSlice } from "../../../shared/dag/step.ts";
import { AppError } from "../../../shared/errors.ts";
import { openOrchestration } from "../../support/engine/orchestration.ts";
import { dagOf, keyOf, NOW, REQUEST } from "../../support/engine/pipelineFixtures.ts";

describe("why a task does not run", () => {
  const pools = { p: { slots: 1, include_deferred: false } };
  const dag = dagOf([{ task_id: "x", map_over: "instrument", pool: "p" }, { task_id: "y", upstream: ["x"] }, { task_id: "z" }]);

  it("is told with who is in its way, and until when", async () => {
    const step: RunSlice<null> = async (_ports, { task_id }) => {
      if (task_id === "z") throw new AppError("source_unavailable", "away", { retryable: true });
      return { kind: "reschedule", delay_ms: 5_000, reason: "no bars yet", cursor: null, report: {} };
    };
    const { engine, ledger, clock, control } = await openOrchestration([dag], { pools, step });
    const why = async (task_id: string, map_key = "") => (await control.dependencies(keyOf(task_id, map_key))).dependencies;
    await engine.triggerRun(REQUEST);
    expect(await why("z")).toMatchObject([{ name: "due", until: null }]);
    await ledger.claim(dag, keyOf("x", "EUR_USD"), { token: "t", now: NOW, lease_until: NOW + 60_000 });
    expect(await why("x", "EUR_USD")).toEqual([
      { name: "leased", reason: "Try 1 runs; its worker's lease holds until 2025-06-27T12:01:00Z.", until: "2025-06-27T12:01:00Z" },
    ]);
    expect(await why("x", "USD_SGD")).toEqual([
      { name: "pool_full", reason: "The pool p is full: its 1 slots are held by d/r/x/EUR_USD.", until: null },
    ]);
    expect((await why("y")).map((one) => one.reason)).toEqual([
      "It waits for x (EUR_USD), which is running (rule all_success).",
      "It waits for x (USD_SGD), which is queued (rule all_success).",
    ]);
    await engine.runHint(keyOf("z"));
    expect(await why("z")).toMatchObject([{ name: "retry_delay", reason: expect.stringMatching(/^Try 1 failed; the next is at 2025/) }]);
    clock.advance(60_000);
    expect((await why("x", "EUR_USD"))[0]?.reason).toContain("the next sweep takes the task over");
    await engine.sweep();
    await engine.runHint(keyOf("x", "USD_SGD"));
    expect(await why("x", "USD_SGD")).toEqual([
      { name: "reschedule", reason: "It looks again at 2025-06-27T12:01:05Z: no bars yet.", until: "2025-06-27T12:01:05Z" },
    ]);
  });

  it("is that it has ended, or that its run waits", async () => {
    const { engine, control, finish } = await openOrchestration([dag], { pools });
    await engine.triggerRun(REQUEST);
    await engine.triggerRun({ ...REQUEST, run_id: "next", window: { start: NOW, end: NOW + 1 } });
    expect((await control.dependencies({ ...keyOf("z"), run_id: "next" })).dependencies).toEqual([
      { name: "run_queued", reason: "The run waits: d has max_active_runs 1, and these run: r.", until: null },
    ]);
    await finish();
    const [ended] = (await control.dependencies(keyOf("z"))).dependencies;
    expect(ended).toMatchObject({ name: "task_ended", reason: expect.stringContaining("ended as success") });
    await expect(control.dependencies({ ...keyOf("z"), run_id: "absent" })).rejects.toMatchObject({ code: "unknown_run", status: 404 });
    await expect(control.dependencies(keyOf("x", "GBP_USD"))).rejects.toMatchObject({
      code: "unknown_task",
      details: { field: "map_key" },
    });
  });
});
