import { describe, expect, it } from "vitest";
import { openOrchestration } from "../../support/engine/orchestration.ts";
import { dagOf, keyOf, NOW, REQUEST } from "../../support/engine/pipelineFixtures.ts";

const schedule = { cron: "0 * * * *", time_zone: "UTC", trigger_cron: "0 * * * *" } as const;
const dag = dagOf([{ task_id: "x" }, { task_id: "y", upstream: ["x"] }], { schedule });

describe("a paused DAG", () => {
  it("gets no runs of its schedule, and none for what it missed", async () => {
    const other = dagOf([{ task_id: "x" }], { dag_id: "e", schedule });
    const { engine, control, ledger } = await openOrchestration([dag, other]);
    expect(await control.patchDag("d", { is_paused: true })).toEqual({ dag_id: "d", is_paused: true });
    expect((await engine.schedule("0 * * * *", NOW)).map(({ run }) => run.dag_id)).toEqual(["e"]);
    await control.patchDag("d", { is_paused: false });
    await engine.sweep();
    expect((await ledger.runs("d", { limit: 10, offset: 0 })).total_entries).toBe(0);
    expect((await engine.schedule("0 * * * *", NOW)).filter(({ created }) => created).map(({ run }) => run.dag_id)).toEqual(["d"]);
  });

  it("starts no task and no triggered run, until it is no longer paused", async () => {
    const { engine, control, ledger, hints, statesOf, finish } = await openOrchestration([dag]);
    await engine.triggerRun(REQUEST);
    await engine.runHint(keyOf("x"));
    await control.patchDag("d", { is_paused: true });
    expect(await engine.runHint(keyOf("y"))).toMatchObject({ outcome: "not_due" });
    expect((await engine.triggerRun({ ...REQUEST, run_id: "next", window: { start: NOW - 2, end: NOW } })).run.state).toBe("queued");
    expect(await engine.sweep()).toMatchObject({ due: [], started: 0 });
    expect(await statesOf()).toEqual({ x: "success", y: "queued" });
    const reasons = async (run_id: string) => (await control.dependencies({ ...keyOf("y"), run_id })).dependencies.map((one) => one.name);
    expect(await reasons("r")).toEqual(["dag_paused"]);
    expect(await reasons("next")).toEqual(["dag_paused", "run_queued", "upstream"]);
    hints.take();
    await control.patchDag("d", { is_paused: false });
    expect(hints.take()).toEqual([keyOf("y")]);
    await finish();
    expect((await ledger.run("d", "next"))?.state).toBe("success");
    expect(await control.pausedDags()).toEqual(new Set());
  });

  it("is 404 when there is none, and its switch is a boolean", async () => {
    const { control } = await openOrchestration([dag]);
    await expect(control.patchDag("e", { is_paused: true })).rejects.toMatchObject({ code: "unknown_dag", status: 404 });
    await expect(control.patchDag("d", JSON.parse('{"is_paused": "yes"}'))).rejects.toMatchObject({
      status: 422,
      details: { field: "is_paused" },
    });
  });
});
