import { describe, expect, it } from "vitest";
import { createEngine } from "../../../functions/engine/engine.ts";
import { definePools } from "../../../shared/dag/pool.ts";
import type { RunSlice } from "../../../shared/dag/step.ts";
import { openOrchestration } from "../../support/engine/orchestration.ts";
import { dagOf, keyOf, REQUEST, succeed } from "../../support/engine/pipelineFixtures.ts";
import { withSteps } from "../../support/engine/testEngine.ts";

const KEYS = ["a", "b", "c"];

describe("a pool", () => {
  it("lets as many run as it has slots, over all DAGs, and hints the next when one is free", async () => {
    const dags = [dagOf([{ task_id: "x", map_over: "instrument", pool: "p" }]), dagOf([{ task_id: "y", pool: "p" }], { dag_id: "e" })];
    const { engine, hints, ledger } = await openOrchestration(dags, { pools: { p: { slots: 2, include_deferred: false } } });
    await engine.triggerRun({ ...REQUEST, map_keys: { instrument: KEYS } });
    await engine.triggerRun({ ...REQUEST, dag_id: "e" });
    hints.take();
    const claim = (key: ReturnType<typeof keyOf>) =>
      ledger.claim(dags.find((dag) => dag.dag_id === key.dag_id)!, key, {
        token: JSON.stringify(key),
        now: REQUEST.window.end,
        lease_until: REQUEST.window.end + 60_000,
      });
    expect(await claim(keyOf("x", "a"))).not.toBeNull();
    expect(await claim({ ...keyOf("y"), dag_id: "e" })).not.toBeNull();
    expect(await engine.runHint(keyOf("x", "b"))).toMatchObject({ outcome: "not_due" });
    expect((await ledger.taskInstances("d", "r")).map((one) => one.state)).toEqual(["running", "queued", "queued"]);
    expect((await engine.sweep()).due).toEqual([]);
    await ledger.settle(
      dags[1]!,
      { key: { ...keyOf("y"), dag_id: "e" }, token: JSON.stringify({ ...keyOf("y"), dag_id: "e" }), try_number: 1 },
      {
        ending: { state: "success", report: {} },
        log: "",
        now: REQUEST.window.end,
      },
    );
    expect((await engine.sweep()).due).toEqual([keyOf("x", "b")]);
    hints.take();
    expect(await engine.runHint(keyOf("x", "b"))).toMatchObject({ outcome: "success" });
    expect(hints.take()).toEqual([keyOf("x", "c")]);
  });

  it("never gives two of many claims its last slot", async () => {
    const dag = dagOf([{ task_id: "x", map_over: "instrument", pool: "p" }]);
    const { engine, ledger } = await openOrchestration([dag], { pools: { p: { slots: 3, include_deferred: false } } });
    const keys = Array.from({ length: 20 }, (_, index) => `k${index}`);
    await engine.triggerRun({ ...REQUEST, map_keys: { instrument: keys } });
    const terms = { now: REQUEST.window.end, lease_until: REQUEST.window.end + 60_000 };
    const claims = await Promise.all(keys.map((key) => ledger.claim(dag, keyOf("x", key), { token: key, ...terms })));
    expect(claims.filter((one) => one !== null)).toHaveLength(3);
  });

  it.each([
    [true, 1],
    [false, 3],
  ])("with include_deferred %s has %i jobs under way while tasks wait for them", async (include_deferred, most) => {
    let under_way = 0;
    let seen = 0;
    const poll: RunSlice<null> = async (_ports, { cursor }) => {
      if (!cursor) {
        seen = Math.max(seen, ++under_way);
        return { kind: "reschedule", delay_ms: 5_000, cursor: { submitted: true }, report: {} };
      }
      under_way--;
      return { kind: "success", report: {} };
    };
    const dag = dagOf([{ task_id: "x", map_over: "instrument", pool: "p" }]);
    const { engine, finish, statesOf } = await openOrchestration([dag], { step: poll, pools: { p: { slots: 1, include_deferred } } });
    await engine.triggerRun({ ...REQUEST, map_keys: { instrument: KEYS } });
    await finish();
    expect(await statesOf()).toEqual({ "x/a": "success", "x/b": "success", "x/c": "success" });
    expect(seen).toBe(most);
  });

  it("keeps the slot of a lost worker until its task is taken over", async () => {
    const dag = dagOf([{ task_id: "x", map_over: "instrument", pool: "p" }]);
    const { engine, ledger, clock, hints } = await openOrchestration([dag], { pools: { p: { slots: 1, include_deferred: true } } });
    await engine.triggerRun({ ...REQUEST, map_keys: { instrument: KEYS } });
    await ledger.claim(dag, keyOf("x", "b"), { token: "lost", now: clock.now(), lease_until: clock.now() + 60_000 });
    clock.advance(60_000);
    hints.take();
    expect((await engine.sweep()).due).toEqual([keyOf("x", "b")]);
    expect(await engine.runHint(keyOf("x", "a"))).toMatchObject({ outcome: "not_due" });
    expect(await engine.runHint(keyOf("x", "b"))).toMatchObject({ outcome: "success" });
    expect(await engine.runHint(keyOf("x", "a"))).toMatchObject({ outcome: "success" });
  });

  it("must be known, and have a slot", async () => {
    const { deps } = await openOrchestration([]);
    const dags = [
      dagOf([
        { task_id: "x", pool: "q" },
        { task_id: "y", pool: "p" },
      ]),
    ].map((dag) => withSteps(dag, { work: succeed }));
    expect(() => createEngine({ ...deps, dags, pools: { p: { slots: 0, include_deferred: false } } })).toThrow(
      /pool "q" is not known\n.*pool "p" must have/,
    );
    expect(definePools({ oanda: 7 })["oanda"]).toEqual({ slots: 7, include_deferred: false });
    // A job that the sidecar works on keeps its slot while the task waits for it; a source that is waited for takes none.
    expect(definePools({ wide: 3 })).toEqual({
      sidecar_training: { slots: 1, include_deferred: true },
      sidecar_sentiment: { slots: 1, include_deferred: true },
      oanda: { slots: 4, include_deferred: false },
      wide: { slots: 3, include_deferred: false },
    });
  });
});
