import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../functions/adapters/libsql/database.ts";
import { createLedger } from "../../functions/adapters/libsql/ledger.ts";
import type { TaskKey } from "../../shared/contracts/dags.ts";
import { dagRunSchema, taskAttemptSchema, taskInstanceSchema } from "../../shared/contracts/dags.ts";
import { type DagDefinition, defineDag, defineTask, type TaskDefinition, type TriggerRule } from "../../shared/domain/dag.ts";
import { HOUR } from "../../shared/domain/instant.ts";
import type { ClaimedTask, Ledger, TaskEnding } from "../../shared/ports/ledger.ts";
import { openMemoryDatabase } from "../support/memoryDatabase.ts";
import { type SqldProcess, startSqld } from "../support/sqldProcess.ts";
import { verdictOf } from "../support/triggerOracle.ts";

const NOW = Date.UTC(2025, 5, 27, 12);
const DONE: TaskEnding = { state: "success", report: { written: 1 } };
const BROKEN: TaskEnding = { state: "failed", error: { code: "internal", message: "broken", retryable: false } };
const NOTHING: TaskEnding = { state: "skipped", note: "nothing to do" };
const ENDINGS = { success: DONE, failed: BROKEN, skipped: NOTHING };

let sqld: SqldProcess;
beforeAll(async () => {
  sqld = await startSqld();
});
afterAll(() => sqld.stop());

const adapters: [string, () => Promise<Database>][] = [
  ["sqld", async () => sqld.database],
  ["SQLite in memory", openMemoryDatabase],
];

describe.each(adapters)("the ledger on %s", (_name, open) => {
  let ledger: Ledger;
  let tokens = 0;
  let dags = 0;
  beforeAll(async () => {
    ledger = createLedger(await open());
  });

  const makeDag = (tasks: (Partial<TaskDefinition> & { task_id: string })[], max_active_runs = 1): DagDefinition =>
    defineDag({ dag_id: `dag_${++dags}`, description: "", schedule: null, max_active_runs, tasks: tasks.map(defineTask) });

  const createRun = (dag: DagDefinition, hour = 0, keys: readonly string[] = ["a", "b"]) => {
    const tasks = dag.tasks.flatMap((task) =>
      (task.mapped ? keys : [""]).map((map_key) => ({ task_id: task.task_id, map_key, max_tries: task.retries })),
    );
    const window = { start: NOW + (hour - 1) * HOUR, end: NOW + hour * HOUR };
    return ledger.createRun(
      dag,
      { dag_id: dag.dag_id, run_id: `run_${hour}`, run_type: "manual", window, conf: {}, triggered_by: "test", tasks },
      NOW,
    );
  };
  const keyOf = (dag: DagDefinition, task_id: string, map_key = "", run_id = "run_0"): TaskKey => ({
    dag_id: dag.dag_id,
    run_id,
    task_id,
    map_key,
  });
  const claim = (dag: DagDefinition, key: TaskKey, now = NOW) =>
    ledger.claim(dag, key, { token: `token-${++tokens}`, now, lease_until: now + 60_000 });
  const claimed = async (dag: DagDefinition, key: TaskKey, now = NOW): Promise<ClaimedTask> => (await claim(dag, key, now))!;
  const finish = async (dag: DagDefinition, key: TaskKey, ending: TaskEnding, now = NOW) =>
    ledger.settle(dag, (await claimed(dag, key, now)).lease, { ending, log: "", now });
  const statesOf = async (dag: DagDefinition, run_id = "run_0") =>
    Object.fromEntries(
      (await ledger.taskInstances(dag.dag_id, run_id)).map((one) => [
        one.map_key ? `${one.task_id}/${one.map_key}` : one.task_id,
        one.state,
      ]),
    );
  const due = (dag: DagDefinition, now = NOW) => ledger.due({ dag_ids: [dag.dag_id], now, limit: 10 });

  describe("runs", () => {
    it("are created once, however often and at once", async () => {
      const dag = makeDag([{ task_id: "x", mapped: true }]);
      const created = await Promise.all([createRun(dag), createRun(dag), createRun(dag, 0, ["other"])]);
      expect(created.filter((one) => one.created)).toHaveLength(1);
      expect(new Set(created.map((one) => JSON.stringify(one.run))).size).toBe(1);
      expect(created.flatMap((one) => one.queued)).toHaveLength(
        created[0]!.queued.length + created[1]!.queued.length + created[2]!.queued.length,
      );
      const instances = await ledger.taskInstances(dag.dag_id, "run_0");
      expect([["a", "b"], ["other"]]).toContainEqual(instances.map((one) => one.map_key));
      expect(created[0]?.run).toMatchObject({
        dag_run_id: "run_0",
        state: "running",
        data_interval_end: "2025-06-27T12:00:00Z",
        run_type: "manual",
      });
    });

    it("wait for each other beyond max_active_runs, and start oldest interval first", async () => {
      const dag = makeDag([{ task_id: "x" }]);
      await createRun(dag, 0);
      expect((await createRun(dag, 2)).queued).toEqual([]);
      expect((await createRun(dag, 1)).run.state).toBe("queued");
      expect(await claim(dag, keyOf(dag, "x", "", "run_1"))).toBeNull();
      const progress = await finish(dag, keyOf(dag, "x"), DONE);
      expect(progress).toEqual({ queued: [keyOf(dag, "x", "", "run_1")], run_ended: "success" });
      expect((await ledger.runs(dag.dag_id, { state: "running", limit: 10, offset: 0 })).runs.map((run) => run.dag_run_id)).toEqual([
        "run_1",
      ]);
    });

    it.each([
      ["success", "success", "success"],
      ["success", "skipped", "success"],
      ["success", "failed", "failed"],
      ["failed", null, "failed"],
    ] as const)("end by their leaves: %s then %s is %s", async (first, last, state) => {
      const dag = makeDag([{ task_id: "x" }, { task_id: "y", upstream: ["x"] }]);
      await createRun(dag);
      let progress = await finish(dag, keyOf(dag, "x"), ENDINGS[first]);
      if (last) progress = await finish(dag, keyOf(dag, "y"), ENDINGS[last]);
      expect(progress?.run_ended).toBe(state);
      expect(await ledger.run(dag.dag_id, "run_0")).toMatchObject({ state, end_date: "2025-06-27T12:00:00Z", duration: 0 });
    });

    it("succeed when a failure was caught by an all_done leaf", async () => {
      const dag = makeDag([{ task_id: "x" }, { task_id: "y", upstream: ["x"], trigger_rule: "all_done" }]);
      await createRun(dag);
      await finish(dag, keyOf(dag, "x"), BROKEN);
      expect((await finish(dag, keyOf(dag, "y"), DONE))?.run_ended).toBe("success");
    });
  });

  describe("trigger rules", () => {
    const rules: TriggerRule[] = ["all_success", "all_done", "one_failed", "none_failed_min_one_success"];
    const ends = ["success", "failed", "skipped"] as const;
    const cases = rules.flatMap((rule) => ends.flatMap((first) => ends.map((second) => [rule, first, second] as const)));

    it.each(cases)("%s after %s and %s, in either order", async (rule, first, second) => {
      const dag = makeDag([{ task_id: "x" }, { task_id: "y" }, { task_id: "z", upstream: ["x", "y"], trigger_rule: rule }], 2);
      const verdict = verdictOf(rule, [first, second]);
      for (const [hour, order] of [
        ["x", "y"],
        ["y", "x"],
      ].entries()) {
        await createRun(dag, hour);
        for (const task_id of order) await finish(dag, keyOf(dag, task_id, "", `run_${hour}`), ENDINGS[task_id === "x" ? first : second]);
        expect((await statesOf(dag, `run_${hour}`))["z"]).toBe(verdict === "runs" ? "queued" : verdict);
      }
    });

    it("do not wait for the rest where one upstream decides", async () => {
      const dag = makeDag([
        { task_id: "x" },
        { task_id: "slow" },
        { task_id: "any", upstream: ["x", "slow"] },
        { task_id: "alarm", upstream: ["x", "slow"], trigger_rule: "one_failed" },
        { task_id: "early", upstream: ["slow"], trigger_rule: "always" },
        { task_id: "after", upstream: ["any"] },
      ]);
      const created = await createRun(dag);
      expect(created.queued.map((key) => key.task_id).sort()).toEqual(["early", "slow", "x"]);
      const progress = await finish(dag, keyOf(dag, "x"), BROKEN);
      expect(progress?.queued).toEqual([keyOf(dag, "alarm")]);
      expect(await statesOf(dag)).toMatchObject({ any: "upstream_failed", after: "upstream_failed", alarm: "queued", slow: "queued" });
    });

    it("follow map keys: same key, all keys, or the one unmapped task", async () => {
      const dag = makeDag([
        { task_id: "start" },
        { task_id: "x", mapped: true, upstream: ["start"] },
        { task_id: "y", mapped: true, upstream: ["x"] },
        { task_id: "join", upstream: ["y"], trigger_rule: "all_done" },
        { task_id: "fan", mapped: true, upstream: ["join", "x"] },
      ]);
      await createRun(dag);
      expect((await finish(dag, keyOf(dag, "start"), DONE))?.queued).toEqual([keyOf(dag, "x", "a"), keyOf(dag, "x", "b")]);
      expect((await finish(dag, keyOf(dag, "x", "b"), DONE))?.queued).toEqual([keyOf(dag, "y", "b")]);
      expect((await finish(dag, keyOf(dag, "x", "a"), BROKEN))?.queued).toEqual([]);
      expect(await statesOf(dag)).toMatchObject({ "y/a": "upstream_failed", "fan/a": "upstream_failed", "y/b": "queued", join: null });
      expect((await finish(dag, keyOf(dag, "y", "b"), DONE))?.queued).toEqual([keyOf(dag, "join")]);
      expect((await finish(dag, keyOf(dag, "join"), DONE))?.queued).toEqual([keyOf(dag, "fan", "b")]);
    });
  });

  describe("claims", () => {
    it("go to one of many", async () => {
      const dag = makeDag([{ task_id: "x" }]);
      await createRun(dag);
      const claims = await Promise.all(Array.from({ length: 20 }, () => claim(dag, keyOf(dag, "x"))));
      expect(claims.filter((one) => one !== null)).toHaveLength(1);
      expect(await ledger.attempts(keyOf(dag, "x"))).toHaveLength(1);
    });

    it("bring the window, conf and the reports that the task depends on, near and far", async () => {
      const dag = makeDag([
        { task_id: "x", mapped: true },
        { task_id: "y", mapped: true, upstream: ["x"] },
        { task_id: "z", mapped: true, upstream: ["y"] },
        { task_id: "join", upstream: ["z"] },
      ]);
      await createRun(dag);
      for (const task_id of ["x", "y"]) {
        for (const map_key of ["a", "b"])
          await finish(dag, keyOf(dag, task_id, map_key), { state: "success", report: { read: map_key.length, of: task_id + map_key } });
      }
      const task = await claimed(dag, keyOf(dag, "z", "b"));
      expect(task).toMatchObject({
        window: { start: NOW - HOUR, end: NOW },
        conf: {},
        cursor: null,
        report: null,
        max_tries: 3,
        lease: { try_number: 1 },
      });
      expect(task.upstream.map((one) => one.report["of"])).toEqual(["xb", "yb"]);
      await ledger.settle(dag, task.lease, { ending: DONE, log: "", now: NOW });
      await finish(dag, keyOf(dag, "z", "a"), DONE);
      expect((await claimed(dag, keyOf(dag, "join"))).upstream).toHaveLength(6);
    });

    it("wait for not_before, keep the try over slices and count a new one for a retry", async () => {
      const dag = makeDag([{ task_id: "x" }]);
      await createRun(dag);
      const key = keyOf(dag, "x");
      await finish(dag, key, { state: "up_for_reschedule", cursor: { page: 2 }, report: { read: 5 }, not_before: NOW + 10 });
      expect(await claim(dag, key, NOW + 9)).toBeNull();
      const second = await claimed(dag, key, NOW + 10);
      expect(second).toMatchObject({ cursor: { page: 2 }, report: { read: 5 }, lease: { try_number: 1 } });
      const error = { code: "internal", message: "away", retryable: true };
      await ledger.settle(dag, second.lease, {
        ending: { state: "up_for_retry", error, not_before: NOW + 20, is_takeover: false },
        log: "line 1\n",
        now: NOW + 10,
      });
      expect((await due(dag, NOW + 19)).tasks).toEqual([]);
      expect((await due(dag, NOW + 19)).next_due_at).toBe(NOW + 20);
      expect((await due(dag, NOW + 20)).tasks).toEqual([key]);
      const third = await claimed(dag, key, NOW + 20);
      expect(third).toMatchObject({ cursor: { page: 2 }, report: { read: 5 }, max_tries: 3, lease: { try_number: 2 } });
      await ledger.settle(dag, third.lease, { ending: DONE, log: "line 2\n", now: NOW + 30 });
      expect(await ledger.attempts(key)).toMatchObject([
        { try_number: 1, state: "failed", error, log: "line 1\n", report: { read: 5 }, duration: 0.01 },
        { try_number: 2, state: "success", error: null, log: "line 2\n", report: { written: 1 } },
      ]);
    });
  });

  describe("leases", () => {
    it("let nobody write who lost them", async () => {
      const dag = makeDag([{ task_id: "x" }, { task_id: "y", upstream: ["x"] }]);
      await createRun(dag);
      const { lease } = await claimed(dag, keyOf(dag, "x"));
      const stranger = { ...lease, token: "another" };
      const before = [await statesOf(dag), await ledger.attempts(lease.key)];
      expect(await ledger.settle(dag, stranger, { ending: DONE, log: "forged", now: NOW })).toBeNull();
      expect(await ledger.heartbeat(stranger, NOW + 1)).toBe(false);
      expect([await statesOf(dag), await ledger.attempts(lease.key)]).toEqual(before);
      expect(await ledger.settle(dag, lease, { ending: DONE, log: "", now: NOW })).not.toBeNull();
      expect(await ledger.settle(dag, lease, { ending: BROKEN, log: "late", now: NOW })).toBeNull();
      expect(await ledger.heartbeat(lease, NOW + 1)).toBe(false);
      expect(await statesOf(dag)).toEqual({ x: "success", y: "queued" });
    });

    it("are taken over only when they have run out, without costing a retry", async () => {
      const dag = makeDag([{ task_id: "x" }]);
      await createRun(dag);
      const { lease } = await claimed(dag, keyOf(dag, "x"));
      const error = { code: "lease_expired", message: "lost", retryable: true };
      const takeOver = (now: number) =>
        ledger.settle(dag, lease, {
          ending: { state: "up_for_retry", error, not_before: now, is_takeover: true },
          log: "",
          now,
          only_if_expired: true,
        });
      expect((await due(dag, NOW + 60_000)).expired).toEqual([{ lease, max_tries: 3, takeovers: 0 }]);
      expect(await ledger.heartbeat(lease, NOW + 70_000)).toBe(true);
      expect(await takeOver(NOW + 60_000)).toBeNull();
      expect((await due(dag, NOW + 69_999)).expired).toEqual([]);
      expect((await due(dag, NOW + 69_999)).next_due_at).toBe(NOW + 70_000);
      expect(await takeOver(NOW + 70_000)).not.toBeNull();
      const next = await claimed(dag, keyOf(dag, "x"), NOW + 70_000);
      expect(next).toMatchObject({ max_tries: 4, lease: { try_number: 2 } });
      expect(await ledger.settle(dag, lease, { ending: DONE, log: "", now: NOW + 70_000 })).toBeNull();
      expect((await due(dag, NOW + 200_000)).expired).toMatchObject([{ takeovers: 1 }]);
      await ledger.settle(dag, next.lease, {
        ending: { state: "up_for_reschedule", cursor: {}, report: {}, not_before: NOW },
        log: "",
        now: NOW + 71_000,
      });
      await claimed(dag, keyOf(dag, "x"), NOW + 71_000);
      expect((await due(dag, NOW + 200_000)).expired).toMatchObject([{ takeovers: 0 }]);
    });
  });

  it("ends a run whose definition has lost tasks", async () => {
    const dag = makeDag([{ task_id: "x" }, { task_id: "y", upstream: ["x"] }, { task_id: "z", upstream: ["y"] }]);
    await createRun(dag);
    const newer = { ...dag, tasks: [defineTask({ task_id: "x" }), defineTask({ task_id: "z", upstream: ["x"] })] };
    await finish(newer, keyOf(dag, "x"), DONE);
    await finish(newer, keyOf(dag, "z"), DONE);
    expect((await due(dag)).stalled).toEqual([{ dag_id: dag.dag_id, run_id: "run_0" }]);
    expect((await ledger.evaluate(newer, "run_0", NOW)).run_ended).toBe("success");
    expect(await statesOf(dag)).toEqual({ x: "success", y: "removed", z: "success" });
    expect(await due(dag)).toEqual({ tasks: [], expired: [], stalled: [], waiting: [], next_due_at: null });
  });

  it("starts waiting runs when max_active_runs is raised", async () => {
    const dag = makeDag([{ task_id: "x" }]);
    await createRun(dag, 0);
    await createRun(dag, 1);
    expect((await due(dag)).waiting).toEqual([{ dag_id: dag.dag_id, running: 1 }]);
    expect(await ledger.startRuns(dag, NOW)).toEqual([]);
    expect(await ledger.startRuns({ ...dag, max_active_runs: 2 }, NOW)).toEqual([keyOf(dag, "x", "", "run_1")]);
  });

  it("leaves the runs of unknown DAGs alone", async () => {
    await createRun(makeDag([{ task_id: "x" }]));
    expect(await ledger.due({ dag_ids: ["another"], now: NOW, limit: 10 })).toMatchObject({ tasks: [], stalled: [], next_due_at: null });
  });

  it("keeps the newest 64 KiB of a log", async () => {
    const dag = makeDag([{ task_id: "x" }]);
    await createRun(dag);
    const { lease } = await claimed(dag, keyOf(dag, "x"));
    await ledger.settle(dag, lease, { ending: DONE, log: `first${"é".repeat(65_530)}last`, now: NOW });
    const [attempt] = await ledger.attempts(keyOf(dag, "x"));
    expect(attempt?.log).toHaveLength(65_536);
    expect(attempt?.log.endsWith("last")).toBe(true);
  });

  it("answers in the shapes of the contract, page by page", async () => {
    const dag = makeDag([{ task_id: "x" }, { task_id: "y", upstream: ["x"] }], 3);
    for (const hour of [0, 1, 2]) await createRun(dag, hour);
    await finish(dag, keyOf(dag, "x"), NOTHING);
    const page = await ledger.runs(dag.dag_id, { limit: 2, offset: 1 });
    expect(page.total_entries).toBe(3);
    expect(page.runs.map((run) => dagRunSchema.parse(run).dag_run_id)).toEqual(["run_1", "run_0"]);
    expect((await ledger.runs("~", { limit: 100, offset: 0 })).total_entries).toBeGreaterThan(3);
    const instances = (await ledger.taskInstances(dag.dag_id, "run_0")).map((one) => taskInstanceSchema.parse(one));
    expect(instances).toMatchObject([
      { state: "skipped", note: "nothing to do", try_number: 1 },
      { state: "skipped", note: null, try_number: 0 },
    ]);
    expect((await ledger.attempts(keyOf(dag, "x"))).map((one) => taskAttemptSchema.parse(one))).toMatchObject([{ state: "skipped" }]);
    expect(await ledger.run(dag.dag_id, "absent")).toBeNull();
  });
});
