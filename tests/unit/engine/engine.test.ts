import { beforeEach, describe, expect, it } from "vitest";
import { createEngine } from "../../../functions/engine/engine.ts";
import type { DueQuery, Ledger } from "../../../shared/ports/ledger.ts";
import { dagOf, openMemoryLedger, REQUEST, startOneTask, succeed } from "../../support/engine/pipelineFixtures.ts";
import { createTestEngine, withSteps } from "../../support/engine/testEngine.ts";

let ledger: Ledger;
beforeEach(async () => {
  ledger = await openMemoryLedger();
});

describe("the engine", () => {
  it("asks the store once in an idle sweep", async () => {
    let calls = 0;
    const counting = { ...ledger, due: (query: DueQuery) => ledger.due(query).finally(() => calls++) };
    const { engine, hints } = createTestEngine(counting, [dagOf([{ task_id: "x" }])], { work: succeed });
    const nothing = { taken_over: 0, evaluated: 0, started: 0, late: 0, advanced: 0, pending_callbacks: 0, delivered: 0 };
    expect(await engine.sweep()).toEqual({ due: [], ...nothing, next_due_at: null });
    expect(calls).toBe(1);
    expect(hints.length).toBe(0);
  });

  it("hints at no more than the limit in a sweep", async () => {
    const { engine, hints } = createTestEngine(ledger, [dagOf([{ task_id: "x", map_over: "instrument" }])], { work: succeed });
    await engine.triggerRun({ ...REQUEST, map_keys: { instrument: Array.from({ length: 50 }, (_, index) => `k${index}`) } });
    hints.take();
    await engine.sweep(7);
    expect(hints.take()).toHaveLength(7);
  });

  it("refuses DAGs that cannot run, and says everything that is wrong", () => {
    const { deps } = createTestEngine(ledger, [], {});
    const dags = [dagOf([{ task_id: "x" }, { task_id: "y", upstream: ["z"] }]), dagOf([{ task_id: "x" }])].map((dag) =>
      withSteps(dag, { work: succeed }),
    );
    expect(() => createEngine({ ...deps, dags, heartbeat_ms: deps.lease_ms })).toThrow(
      /upstream "z" is not a task[\s\S]*same id[\s\S]*heartbeat_ms/,
    );
  });

  it("stops draining a step that never ends", async () => {
    const { engine } = await startOneTask(() => ({ kind: "continue", cursor: {}, report: {} }));
    await expect(engine.drain({ max_slices: 20 })).rejects.toThrow("a step never ends");
  });
});
