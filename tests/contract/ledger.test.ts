import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../functions/adapters/libsql/database.ts";
import { viewOfRun } from "../../functions/api/viewOfRun.ts";
import { viewOfTask } from "../../functions/api/viewOfTask.ts";
import { viewOfTry } from "../../functions/api/viewOfTry.ts";
import { dagRunSchema, taskAttemptSchema, taskInstanceSchema } from "../../shared/contracts/dags.ts";
import { HOUR } from "../../shared/domain/instant.ts";
import { openMemoryDatabase } from "../support/databases/memoryDatabase.ts";
import { type SqldProcess, startSqld } from "../support/databases/sqldProcess.ts";
import { createLedgerHarness, DONE, ENDINGS, NOTHING } from "../support/engine/ledgerHarness.ts";
import { NOW } from "../support/engine/pipelineFixtures.ts";

let sqld: SqldProcess;
beforeAll(async () => {
  sqld = await startSqld();
});
afterAll(() => sqld.stop());

const adapters: [string, () => Promise<Database>][] = [
  ["sqld", async () => sqld.database],
  ["SQLite in memory", openMemoryDatabase],
];

describe.each(adapters)("runs, claims and answers of the ledger on %s", (_name, open) => {
  let on: ReturnType<typeof createLedgerHarness>;
  beforeAll(async () => {
    on = createLedgerHarness(await open());
  });

  describe("runs", () => {
    it("are created once, however often and at once", async () => {
      const dag = on.makeDag([{ task_id: "x", map_over: "instrument" }]);
      const created = await Promise.all([on.createRun(dag), on.createRun(dag), on.createRun(dag, 0, ["other"])]);
      expect(created.filter((one) => one.created)).toHaveLength(1);
      expect(new Set(created.map((one) => JSON.stringify(one.run))).size).toBe(1);
      expect(created.flatMap((one) => one.queued)).toHaveLength(
        created[0]!.queued.length + created[1]!.queued.length + created[2]!.queued.length,
      );
      const instances = await on.ledger.taskInstances(dag.dag_id, "run_0");
      expect([["a", "b"], ["other"]]).toContainEqual(instances.map((one) => one.map_key));
      expect(created[0]?.run).toMatchObject({
        run_id: "run_0",
        state: "running",
        window: { end: NOW },
        run_type: "manual",
      });
    });

    it("wait for each other beyond max_active_runs, and start oldest interval first", async () => {
      const dag = on.makeDag([{ task_id: "x" }]);
      await on.createRun(dag, 0);
      expect((await on.createRun(dag, 2)).queued).toEqual([]);
      expect((await on.createRun(dag, 1)).run.state).toBe("queued");
      expect(await on.claim(dag, on.keyOf(dag, "x", "", "run_1"))).toBeNull();
      const progress = await on.finish(dag, on.keyOf(dag, "x"), DONE);
      expect(progress).toEqual({ queued: [on.keyOf(dag, "x", "", "run_1")], run_ended: "success", backfill_id: null });
      expect(
        (await on.ledger.runs(dag.dag_id, { where: { one_of: { state: ["running"] } }, limit: 10, offset: 0 })).runs.map(
          (run) => run.run_id,
        ),
      ).toEqual(["run_1"]);
    });

    it.each([
      ["success", "success", "success"],
      ["success", "skipped", "success"],
      ["success", "failed", "failed"],
      ["failed", null, "failed"],
    ] as const)("end by their leaves: %s then %s is %s", async (first, last, state) => {
      const dag = on.makeDag([{ task_id: "x" }, { task_id: "y", upstream: ["x"] }]);
      await on.createRun(dag);
      let progress = await on.finish(dag, on.keyOf(dag, "x"), ENDINGS[first]);
      if (last) progress = await on.finish(dag, on.keyOf(dag, "y"), ENDINGS[last]);
      expect(progress?.run_ended).toBe(state);
      expect(await on.ledger.run(dag.dag_id, "run_0")).toMatchObject({ state, started_at: NOW, ended_at: NOW });
    });
  });

  describe("claims", () => {
    it("go to one of many", async () => {
      const dag = on.makeDag([{ task_id: "x" }]);
      await on.createRun(dag);
      const claims = await Promise.all(Array.from({ length: 20 }, () => on.claim(dag, on.keyOf(dag, "x"))));
      expect(claims.filter((one) => one !== null)).toHaveLength(1);
      expect(await on.ledger.attempts(on.keyOf(dag, "x"))).toHaveLength(1);
    });

    it("bring the window, conf and the reports that the task depends on, near and far", async () => {
      const dag = on.makeDag([
        { task_id: "x", map_over: "instrument" },
        { task_id: "y", map_over: "instrument", upstream: ["x"] },
        { task_id: "z", map_over: "instrument", upstream: ["y"] },
        { task_id: "join", upstream: ["z"] },
      ]);
      await on.createRun(dag);
      for (const task_id of ["x", "y"]) {
        for (const map_key of ["a", "b"])
          await on.finish(dag, on.keyOf(dag, task_id, map_key), {
            state: "success",
            report: { read: map_key.length, of: task_id + map_key },
          });
      }
      const task = await on.claimed(dag, on.keyOf(dag, "z", "b"));
      expect(task).toMatchObject({
        window: { start: NOW - HOUR, end: NOW },
        conf: {},
        cursor: null,
        max_tries: 3,
        lease: { try_number: 1 },
      });
      expect(task.upstream.map((one) => one.report["of"])).toEqual(["xb", "yb"]);
      await on.ledger.settle(dag, task.lease, { ending: DONE, log: "", now: NOW });
      await on.finish(dag, on.keyOf(dag, "z", "a"), DONE);
      expect((await on.claimed(dag, on.keyOf(dag, "join"))).upstream).toHaveLength(6);
    });

    it("wait for not_before, keep the try over slices and count a new one for a retry", async () => {
      const dag = on.makeDag([{ task_id: "x" }]);
      await on.createRun(dag);
      const key = on.keyOf(dag, "x");
      await on.finish(dag, key, { state: "up_for_reschedule", cursor: { page: 2 }, report: { read: 5 }, not_before: NOW + 10 });
      expect(await on.claim(dag, key, NOW + 9)).toBeNull();
      const second = await on.claimed(dag, key, NOW + 10);
      expect(second).toMatchObject({ cursor: { page: 2 }, lease: { try_number: 1 } });
      const error = { code: "internal", message: "away", retryable: true };
      await on.ledger.settle(dag, second.lease, {
        ending: { state: "up_for_retry", error, not_before: NOW + 20, is_takeover: false },
        log: "line 1\n",
        now: NOW + 10,
      });
      expect((await on.due(dag, NOW + 19)).tasks).toEqual([]);
      expect((await on.due(dag, NOW + 19)).next_due_at).toBe(NOW + 20);
      expect((await on.due(dag, NOW + 20)).tasks).toEqual([key]);
      const third = await on.claimed(dag, key, NOW + 20);
      expect(third).toMatchObject({ cursor: { page: 2 }, max_tries: 3, lease: { try_number: 2 } });
      await on.ledger.settle(dag, third.lease, { ending: DONE, log: "line 2\n", now: NOW + 30 });
      expect(await on.ledger.attempts(key)).toMatchObject([
        { try_number: 1, state: "failed", error, log: "line 1\n", report: { read: 5 }, started_at: NOW, ended_at: NOW + 10 },
        { try_number: 2, state: "success", error: null, log: "line 2\n", report: { written: 1 } },
      ]);
    });
  });

  it("answers in the shapes of the contract, page by page", async () => {
    const dag = on.makeDag([{ task_id: "x" }, { task_id: "y", upstream: ["x"] }], 3);
    for (const hour of [0, 1, 2]) await on.createRun(dag, hour);
    await on.finish(dag, on.keyOf(dag, "x"), NOTHING);
    const page = await on.ledger.runs(dag.dag_id, { limit: 2, offset: 1 });
    expect(page.total_entries).toBe(3);
    expect(page.runs.map((run) => dagRunSchema.parse(viewOfRun(run)).dag_run_id)).toEqual(["run_1", "run_0"]);
    expect((await on.ledger.runs("~", { limit: 100, offset: 0 })).total_entries).toBeGreaterThan(3);
    const instances = (await on.ledger.taskInstances(dag.dag_id, "run_0")).map((one) => taskInstanceSchema.parse(viewOfTask(one)));
    expect(instances).toMatchObject([
      { state: "skipped", note: "nothing to do", try_number: 1 },
      { state: "skipped", note: null, try_number: 0 },
    ]);
    const [x] = await on.ledger.taskInstances(dag.dag_id, "run_0");
    const tries = (await on.ledger.attempts(on.keyOf(dag, "x"))).map((one) => taskAttemptSchema.parse(viewOfTry(one, x!)));
    expect(tries).toMatchObject([{ state: "skipped" }]);
    expect(await on.ledger.run(dag.dag_id, "absent")).toBeNull();
  });

  it("keeps the newest 64 KiB of a log", async () => {
    const dag = on.makeDag([{ task_id: "x" }]);
    await on.createRun(dag);
    const { lease } = await on.claimed(dag, on.keyOf(dag, "x"));
    await on.ledger.settle(dag, lease, { ending: DONE, log: `first${"é".repeat(65_530)}last`, now: NOW });
    const [attempt] = await on.ledger.attempts(on.keyOf(dag, "x"));
    expect(attempt?.log).toHaveLength(65_536);
    expect(attempt?.log.endsWith("last")).toBe(true);
  });
});
