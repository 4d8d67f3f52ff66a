import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../functions/adapters/libsql/database.ts";
import type { TriggerRule } from "../../shared/dag/dag.ts";
import { defineTask } from "../../shared/dag/defineDag.ts";
import { openMemoryDatabase } from "../support/databases/memoryDatabase.ts";
import { type SqldProcess, startSqld } from "../support/databases/sqldProcess.ts";
import { BROKEN, createLedgerHarness, DONE, ENDINGS, NOTHING } from "../support/engine/ledgerHarness.ts";
import { NOW } from "../support/engine/pipelineFixtures.ts";
import { verdictOf } from "../support/engine/triggerOracle.ts";

let sqld: SqldProcess;
beforeAll(async () => {
  sqld = await startSqld();
});
afterAll(() => sqld.stop());

const adapters: [string, () => Promise<Database>][] = [
  ["sqld", async () => sqld.database],
  ["SQLite in memory", openMemoryDatabase],
];

describe.each(adapters)("rules and leases of the ledger on %s", (_name, open) => {
  let on: ReturnType<typeof createLedgerHarness>;
  beforeAll(async () => {
    on = createLedgerHarness(await open());
  });

  describe("the end of a run", () => {
    const failures = [
      ["a task fails, whatever its last task made of it", {}, "failed", 1],
      ["only a task fails that may, and says how many did", { may_fail: true }, "success", 1],
    ] as const;
    it.each(failures)("when %s", async (_when, over, state, failed_tasks) => {
      const dag = on.makeDag([
        { task_id: "x", ...over },
        { task_id: "last", upstream: ["x"], trigger_rule: "all_done" },
      ]);
      await on.createRun(dag);
      await on.finish(dag, on.keyOf(dag, "x"), BROKEN);
      expect(await on.finish(dag, on.keyOf(dag, "last"), DONE)).toMatchObject({ run_ended: state });
      expect(await on.ledger.run(dag.dag_id, "run_0")).toMatchObject({ state, failed_tasks, skipped_tasks: 0, skip_reason: null });
    });

    it("tells why tasks were skipped", async () => {
      const dag = on.makeDag([{ task_id: "x" }, { task_id: "y", upstream: ["x"] }]);
      await on.createRun(dag);
      await on.finish(dag, on.keyOf(dag, "x"), NOTHING);
      const facts = { state: "success", failed_tasks: 0, skipped_tasks: 2, skip_reason: "nothing to do" };
      expect(await on.ledger.run(dag.dag_id, "run_0")).toMatchObject(facts);
      expect((await on.ledger.runs(dag.dag_id, { limit: 1, offset: 0 })).runs).toMatchObject([facts]);
    });
  });

  describe("trigger rules", () => {
    const rules: TriggerRule[] = ["all_success", "all_done", "one_failed", "none_failed", "none_failed_min_one_success"];
    const ends = ["success", "failed", "skipped"] as const;
    const cases = rules.flatMap((rule) => ends.flatMap((first) => ends.map((second) => [rule, first, second] as const)));

    it.each(cases)("%s after %s and %s, in either order", async (rule, first, second) => {
      const dag = on.makeDag([{ task_id: "x" }, { task_id: "y" }, { task_id: "z", upstream: ["x", "y"], trigger_rule: rule }], 2);
      const verdict = verdictOf(rule, [first, second]);
      for (const [hour, order] of [
        ["x", "y"],
        ["y", "x"],
      ].entries()) {
        await on.createRun(dag, hour);
        for (const task_id of order)
          await on.finish(dag, on.keyOf(dag, task_id, "", `run_${hour}`), ENDINGS[task_id === "x" ? first : second]);
        expect((await on.statesOf(dag, `run_${hour}`))["z"]).toBe(verdict === "runs" ? "queued" : verdict);
      }
    });

    it("do not wait for the rest where one upstream decides", async () => {
      const dag = on.makeDag([
        { task_id: "x" },
        { task_id: "slow" },
        { task_id: "any", upstream: ["x", "slow"] },
        { task_id: "alarm", upstream: ["x", "slow"], trigger_rule: "one_failed" },
        { task_id: "early", upstream: ["slow"], trigger_rule: "always" },
        { task_id: "after", upstream: ["any"] },
      ]);
      const created = await on.createRun(dag);
      expect(created.queued.map((key) => key.task_id).sort()).toEqual(["early", "slow", "x"]);
      const progress = await on.finish(dag, on.keyOf(dag, "x"), BROKEN);
      expect(progress?.queued).toEqual([on.keyOf(dag, "alarm")]);
      expect(await on.statesOf(dag)).toMatchObject({ any: "upstream_failed", after: "upstream_failed", alarm: "queued", slow: "queued" });
    });

    it("follow map keys: same key, all keys, or the one unmapped task", async () => {
      const dag = on.makeDag([
        { task_id: "start" },
        { task_id: "x", map_over: "instrument", upstream: ["start"] },
        { task_id: "y", map_over: "instrument", upstream: ["x"] },
        { task_id: "join", upstream: ["y"], trigger_rule: "all_done" },
        { task_id: "fan", map_over: "instrument", upstream: ["join", "x"] },
      ]);
      await on.createRun(dag);
      expect((await on.finish(dag, on.keyOf(dag, "start"), DONE))?.queued).toEqual([on.keyOf(dag, "x", "a"), on.keyOf(dag, "x", "b")]);
      expect((await on.finish(dag, on.keyOf(dag, "x", "b"), DONE))?.queued).toEqual([on.keyOf(dag, "y", "b")]);
      expect((await on.finish(dag, on.keyOf(dag, "x", "a"), BROKEN))?.queued).toEqual([]);
      expect(await on.statesOf(dag)).toMatchObject({ "y/a": "upstream_failed", "fan/a": "upstream_failed", "y/b": "queued", join: null });
      expect((await on.finish(dag, on.keyOf(dag, "y", "b"), DONE))?.queued).toEqual([on.keyOf(dag, "join")]);
      expect((await on.finish(dag, on.keyOf(dag, "join"), DONE))?.queued).toEqual([on.keyOf(dag, "fan", "b")]);
    });
  });

  describe("leases", () => {
    it("let nobody write who lost them", async () => {
      const dag = on.makeDag([{ task_id: "x" }, { task_id: "y", upstream: ["x"] }]);
      await on.createRun(dag);
      const { lease } = await on.claimed(dag, on.keyOf(dag, "x"));
      const stranger = { ...lease, token: "another" };
      const before = [await on.statesOf(dag), await on.ledger.attempts(lease.key)];
      expect(await on.ledger.settle(dag, stranger, { ending: DONE, log: "forged", now: NOW })).toBeNull();
      expect(await on.ledger.heartbeat(stranger, NOW + 1)).toBe(false);
      expect([await on.statesOf(dag), await on.ledger.attempts(lease.key)]).toEqual(before);
      expect(await on.ledger.settle(dag, lease, { ending: DONE, log: "", now: NOW })).not.toBeNull();
      expect(await on.ledger.settle(dag, lease, { ending: BROKEN, log: "late", now: NOW })).toBeNull();
      expect(await on.ledger.heartbeat(lease, NOW + 1)).toBe(false);
      expect(await on.statesOf(dag)).toEqual({ x: "success", y: "queued" });
    });

    it("are taken over only when they have run out, without costing a retry", async () => {
      const dag = on.makeDag([{ task_id: "x" }]);
      await on.createRun(dag);
      const { lease } = await on.claimed(dag, on.keyOf(dag, "x"));
      const error = { code: "lease_expired", message: "lost", retryable: true };
      const takeOver = (now: number) =>
        on.ledger.settle(dag, lease, {
          ending: { state: "up_for_retry", error, not_before: now, is_takeover: true },
          log: "",
          now,
          only_if_expired: true,
        });
      expect((await on.due(dag, NOW + 60_000)).expired).toEqual([{ lease, max_tries: 3, takeovers: 0 }]);
      expect(await on.ledger.heartbeat(lease, NOW + 70_000)).toBe(true);
      expect(await takeOver(NOW + 60_000)).toBeNull();
      expect((await on.due(dag, NOW + 69_999)).expired).toEqual([]);
      expect((await on.due(dag, NOW + 69_999)).next_due_at).toBe(NOW + 70_000);
      expect(await takeOver(NOW + 70_000)).not.toBeNull();
      const next = await on.claimed(dag, on.keyOf(dag, "x"), NOW + 70_000);
      expect(next).toMatchObject({ max_tries: 4, lease: { try_number: 2 } });
      expect(await on.ledger.settle(dag, lease, { ending: DONE, log: "", now: NOW + 70_000 })).toBeNull();
      expect((await on.due(dag, NOW + 200_000)).expired).toMatchObject([{ takeovers: 1 }]);
      await on.ledger.settle(dag, next.lease, {
        ending: { state: "up_for_reschedule", cursor: {}, report: {}, not_before: NOW },
        log: "",
        now: NOW + 71_000,
      });
      await on.claimed(dag, on.keyOf(dag, "x"), NOW + 71_000);
      expect((await on.due(dag, NOW + 200_000)).expired).toMatchObject([{ takeovers: 0 }]);
    });
  });

  it("ends a run whose definition has lost tasks", async () => {
    const dag = on.makeDag([{ task_id: "x" }, { task_id: "y", upstream: ["x"] }, { task_id: "z", upstream: ["y"] }]);
    await on.createRun(dag);
    const newer = { ...dag, tasks: [defineTask({ task_id: "x" }), defineTask({ task_id: "z", upstream: ["x"] })] };
    await on.finish(newer, on.keyOf(dag, "x"), DONE);
    await on.finish(newer, on.keyOf(dag, "z"), DONE);
    expect((await on.due(dag)).stalled).toEqual([{ dag_id: dag.dag_id, run_id: "run_0" }]);
    expect((await on.ledger.evaluate(newer, "run_0", NOW)).run_ended).toBe("success");
    expect(await on.statesOf(dag)).toEqual({ x: "success", y: "removed", z: "success" });
    expect(await on.due(dag)).toMatchObject({ tasks: [], expired: [], stalled: [], waiting: [], next_due_at: null });
  });

  it("goes on with the tasks that came in the place of others, one for each key of the run, and only while it has not ended", async () => {
    const over = { map_over: "instrument" } as const;
    const drafts = [
      { task_id: "a", ...over },
      { task_id: "old", ...over, upstream: ["a"] },
    ];
    const dag = on.makeDag(drafts, 2);
    await on.createRun(dag);
    const newer = {
      ...dag,
      tasks: [
        defineTask({ task_id: "a", ...over }),
        defineTask({ task_id: "new", ...over, upstream: ["a"], retries: 7 }),
        defineTask({ task_id: "join", upstream: ["new"] }),
      ],
    };
    for (const key of ["a", "b"]) await on.finish(newer, on.keyOf(dag, "a", key), DONE);
    expect((await on.due(dag)).stalled).toEqual([{ dag_id: dag.dag_id, run_id: "run_0" }]);
    const { queued, run_ended } = await on.ledger.evaluate(newer, "run_0", NOW);
    expect([queued, run_ended]).toEqual([["a", "b"].map((key) => on.keyOf(dag, "new", key)), null]);
    expect((await on.ledger.evaluate(newer, "run_0", NOW)).queued).toEqual([]);
    expect(await on.claimed(newer, on.keyOf(dag, "new", "a"))).toMatchObject({ max_tries: 7 });
    const removed = { "old/a": "removed", "old/b": "removed" };
    expect(await on.statesOf(dag)).toEqual({
      "a/a": "success",
      "a/b": "success",
      ...removed,
      "new/a": "running",
      "new/b": "queued",
      join: null,
    });
    await on.createRun(dag, 1);
    for (const task of ["a", "old"]) for (const key of ["a", "b"]) await on.finish(dag, on.keyOf(dag, task, key, "run_1"), DONE);
    await on.ledger.evaluate(newer, "run_1", NOW);
    expect(Object.keys(await on.statesOf(dag, "run_1"))).toEqual(["a/a", "a/b", "old/a", "old/b"]);
  });

  it("starts waiting runs when max_active_runs is raised", async () => {
    const dag = on.makeDag([{ task_id: "x" }]);
    await on.createRun(dag, 0);
    await on.createRun(dag, 1);
    expect((await on.due(dag)).waiting).toEqual([{ dag_id: dag.dag_id, running: 1, limit: null }]);
    expect(await on.ledger.startRuns(dag, NOW)).toEqual([]);
    expect(await on.ledger.startRuns({ ...dag, max_active_runs: 2 }, NOW)).toEqual([on.keyOf(dag, "x", "", "run_1")]);
  });

  it("leaves the runs of unknown DAGs alone", async () => {
    await on.createRun(on.makeDag([{ task_id: "x" }]));
    expect(await on.ledger.due({ dag_ids: ["another"], now: NOW, limit: 10 })).toMatchObject({ tasks: [], stalled: [], next_due_at: null });
  });
});
