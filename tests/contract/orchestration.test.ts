import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../functions/adapters/libsql/database.ts";
import { createEffect } from "../../functions/adapters/libsql/effects.ts";
import { createBackfillStore } from "../../functions/adapters/libsql/orchestration/backfillStore.ts";
import { createCallbackOutbox } from "../../functions/adapters/libsql/orchestration/callbackOutbox.ts";
import { createDeadLetters } from "../../functions/adapters/libsql/orchestration/deadLetters.ts";
import { newRun } from "../../functions/engine/newRun.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import { DAY } from "../../shared/domain/instant.ts";
import { openMemoryDatabase } from "../support/databases/memoryDatabase.ts";
import { type SqldProcess, startSqld } from "../support/databases/sqldProcess.ts";
import { createLedgerHarness, DONE } from "../support/engine/ledgerHarness.ts";
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
const POOLS = { one: { slots: 1, include_deferred: false }, job: { slots: 1, include_deferred: true } };
const AWAY = { code: "source_unavailable", message: "away", retryable: true };

const keys = (...instrument: string[]) => ({ instrument, source: [] });

describe.each(adapters)("orchestration on %s", (_name, open) => {
  let database: Database;
  let on: ReturnType<typeof createLedgerHarness>;
  beforeAll(async () => {
    database = await open();
    on = createLedgerHarness(database, POOLS);
  });

  it("gives the slot of a pool to one claim of many, and names the next when it is free", async () => {
    const dag = on.makeDag([{ task_id: "x", map_over: "instrument", pool: "one" }]);
    await on.createRun(dag, 0, ["a", "b", "c"]);
    const keys = ["a", "b", "c"].map((key) => on.keyOf(dag, "x", key));
    const claims = (await Promise.all(keys.map((key) => on.claim(dag, key)))).filter((one) => one !== null);
    expect(claims).toHaveLength(1);
    expect((await on.due(dag)).tasks).toEqual([]);
    const progress = await on.ledger.settle(dag, claims[0]!.lease, { ending: DONE, log: "", now: NOW });
    const waiting = keys.filter((key) => key.map_key !== claims[0]!.lease.key.map_key);
    expect(progress?.queued).toEqual(waiting.slice(0, 1));
    expect((await on.due(dag)).tasks).toEqual(waiting.slice(0, 1));
    expect(await on.ledger.facts(dag, waiting[0]!)).toMatchObject({ pool: { name: "one", slots: 1, holders: [] } });
  });

  it("keeps the slot of a task that waits for its job, and lets it go on", async () => {
    const dag = on.makeDag([{ task_id: "x", map_over: "instrument", pool: "job" }]);
    await on.createRun(dag);
    await on.finish(dag, on.keyOf(dag, "x", "a"), {
      state: "up_for_reschedule",
      cursor: {},
      report: {},
      not_before: NOW,
      note: "job 1 runs",
    });
    expect(await on.claim(dag, on.keyOf(dag, "x", "b"))).toBeNull();
    expect((await on.due(dag)).tasks).toEqual([on.keyOf(dag, "x", "a")]);
    expect((await on.finish(dag, on.keyOf(dag, "x", "a"), DONE))?.queued).toEqual([on.keyOf(dag, "x", "b")]);
  });

  it("writes what a step prepared with the settlement, or not at all", async () => {
    const dag = on.makeDag([{ task_id: "x" }]);
    await on.createRun(dag);
    const fact = (key: string) =>
      createEffect(database, key, [{ sql: "INSERT INTO store_facts (key, value) VALUES (?, '1')", args: [`${dag.dag_id}.${key}`] }]);
    const facts = async () => {
      const { rows } = await database.$client.execute({ sql: "SELECT key FROM store_facts WHERE key LIKE ?", args: [`${dag.dag_id}.%`] });
      return rows.map((row) => String(row["key"]).split(".")[1]);
    };
    const { lease } = await on.claimed(dag, on.keyOf(dag, "x"));
    const settle = (over: object, ...effects: ReturnType<typeof fact>[]) =>
      on.ledger.settle(dag, { ...lease, ...over }, { ending: DONE, log: "", now: NOW, effects });
    expect(await settle({ token: "stranger" }, fact("lost"))).toBeNull();
    await expect(settle({}, fact("twice"), fact("twice"))).rejects.toMatchObject({ code: "internal" });
    expect([await facts(), await on.statesOf(dag)]).toEqual([[], { x: "running" }]);
    expect(await settle({}, fact("one"), fact("two"))).toMatchObject({ run_ended: "success" });
    expect(await facts()).toEqual(["one", "two"]);
    const foreign = { label: "a file", commit: async () => {}, release: () => {} };
    await expect(settle({}, foreign)).rejects.toThrow("belongs to another store");
  });

  it("clears, marks and pauses in one transaction each", async () => {
    const dag = on.makeDag([{ task_id: "x" }, { task_id: "y", upstream: ["x"] }], 1);
    await on.createRun(dag);
    await on.finish(dag, on.keyOf(dag, "x"), { state: "failed", error: AWAY });
    expect(await on.statesOf(dag)).toEqual({ x: "failed", y: "upstream_failed" });
    const keys = [on.keyOf(dag, "x"), on.keyOf(dag, "y")];
    const cleared = await on.ledger.clear(dag, { keys, may_revoke: false, deadline_at: null, now: NOW });
    expect(cleared).toEqual({ changed: keys, queued: [keys[0]] });
    await on.claimed(dag, keys[0]!);
    expect(await on.ledger.clear(dag, { keys, may_revoke: false, deadline_at: null, now: NOW })).toBeNull();
    expect((await on.ledger.markTask(dag, keys[0]!, "success", "by hand", NOW)).queued).toEqual([keys[1]]);
    expect(await on.ledger.setPaused(dag, true, NOW)).toEqual([]);
    expect(await on.claim(dag, keys[1]!)).toBeNull();
    expect(await on.ledger.pausedDags()).toContain(dag.dag_id);
    expect(await on.ledger.setPaused(dag, false, NOW)).toEqual([keys[1]]);
    expect((await on.ledger.markRun(dag, "run_0", "failed", "by hand", NOW)).changed).toEqual([keys[1]]);
    expect(await on.statesOf(dag)).toEqual({ x: "success", y: "skipped" });
    expect((await on.ledger.instances({ dag_id: dag.dag_id, within: { start: NOW - DAY, end: NOW }, limit: 1 })).length).toBe(2);
  });

  it("writes callbacks with the change, hands them out once at a time, and finds late runs", async () => {
    const outbox = createCallbackOutbox(database);
    const dag = on.makeDag([{ task_id: "x" }]);
    await on.createRun(dag);
    const { lease } = await on.claimed(dag, on.keyOf(dag, "x"));
    const settlement = { ending: { state: "failed", error: AWAY }, log: "", now: NOW, callbacks: ["on_failure"] } as const;
    expect(await on.ledger.settle(dag, { ...lease, token: "stranger" }, settlement)).toBeNull();
    await on.ledger.settle(dag, lease, settlement);
    const mine = async (at: number) => (await outbox.take(at, at + 10, 1_000)).filter((one) => one.dag_id === dag.dag_id);
    const taken = await mine(NOW);
    expect(taken).toMatchObject([
      { kind: "on_failure", task_id: "x", try_number: 1, attempts: 1, details: { error: AWAY } },
      { kind: "on_run_failure", task_id: null, details: { failed_tasks: ["x"] } },
    ]);
    expect(await mine(NOW + 9)).toEqual([]);
    await outbox.markDelivered(taken[0]!.id, NOW);
    await outbox.markFailed(taken[1]!.id, "away", NOW + 50);
    expect(await mine(NOW + 49)).toEqual([]);
    expect(await mine(NOW + 50)).toMatchObject([{ id: taken[1]!.id, last_error: "away", attempts: 2 }]);
    const run = newRun(
      dag,
      { run_id: "late", run_type: "manual", window: { start: 0, end: 1 }, conf: {}, triggered_by: "test" },
      keys(),
      NOW,
    );
    await on.ledger.createRun(dag, { ...run, deadline_at: NOW + 5 }, NOW);
    expect((await on.due(dag, NOW + 4)).late_runs).toBe(0);
    expect((await on.due(dag, NOW + 5)).late_runs).toBe(1);
    expect([await on.ledger.missDeadlines(NOW + 5), await on.ledger.missDeadlines(NOW + 5)]).toEqual([1, 0]);
    expect(await mine(NOW + 100)).toMatchObject([
      { id: taken[1]!.id },
      { kind: "on_deadline_missed", details: { deadline_at: NOW + 5, state: "running" } },
    ]);
  });

  it("keeps the first of a dead letter until it is replayed", async () => {
    const letters = createDeadLetters(database);
    const letter = { id: `letter ${_name}`, queue: "q", body: '{"a":1}', error: "odd", received_at: NOW };
    await letters.add(letter);
    await letters.add({ ...letter, error: "again" });
    expect(await letters.find(letter.id)).toEqual({ ...letter, replayed_at: null });
    await letters.markReplayed(letter.id, '{"a":2}', NOW + 1);
    await letters.markFailed(letter.id, "{}", "late");
    expect(await letters.find(letter.id)).toEqual({ ...letter, body: '{"a":2}', replayed_at: NOW + 1 });
    expect((await letters.list({ limit: 5, offset: 0, is_replayed: false })).total_entries).toBe(0);
    expect((await letters.list({ limit: 5, offset: 0 })).dead_letters).toHaveLength(1);
  });

  describe("backfills", () => {
    const start = async (dag: DagDefinition, over = {}) => {
      const store = createBackfillStore(database);
      const { backfill } = await store.create(
        {
          dag_id: dag.dag_id,
          request_id: `${dag.dag_id} ${_name} ${Math.random()}`,
          window: { start: NOW - 3 * DAY, end: NOW },
          step: "1d",
          map_keys: keys("a"),
          run_backwards: false,
          max_active_runs: 2,
          reprocess_behavior: "completed",
          conf: {},
          reason: null,
          total: 3,
          ...over,
        },
        NOW,
      );
      const turn = (index: number, token: string) => ({ id: backfill.id, index, token, now: NOW });
      const create = (run_id: string) => {
        const run = { run_id, run_type: "backfill", window: { start: 0, end: 1 }, conf: {}, triggered_by: "backfill" } as const;
        return { kind: "create", run: newRun(dag, run, keys("a"), NOW) } as const;
      };
      return { store, id: backfill.id, turn, create };
    };

    it("take each turn once, whoever tries, and no more than may be active", async () => {
      const dag = on.makeDag([{ task_id: "x", map_over: "instrument" }]);
      const { store, id, turn, create } = await start(dag);
      const turns = await Promise.all(["t1", "t2", "t3"].map((token) => store.take(dag, turn(0, token), create("r0"))));
      expect(turns.filter((one) => one !== null)).toEqual([[on.keyOf(dag, "x", "a", "r0")]]);
      expect(await store.take(dag, turn(0, "t4"), create("other"))).toBeNull();
      expect(await store.take(dag, turn(1, "t5"), create("r1"))).toHaveLength(1);
      expect(await store.take(dag, turn(2, "t6"), create("r2"))).toBeNull();
      expect(await store.find(id)).toMatchObject({ next_index: 2, runs: { running: 2 }, map_keys: keys("a") });
      expect((await on.ledger.runs(dag.dag_id, { limit: 9, offset: 0 })).total_entries).toBe(2);
      const ended = await on.finish(dag, on.keyOf(dag, "x", "a", "r0"), DONE);
      expect(ended).toMatchObject({ run_ended: "success", backfill_id: id });
      expect((await on.due(dag)).backfill_ids).toEqual([id]);
    });

    it("take several intervals in one turn, all of them or none", async () => {
      const dag = on.makeDag([{ task_id: "x", map_over: "instrument" }]);
      const { store, id, turn, create } = await start(dag, { total: 4, max_active_runs: 2 });
      expect(await store.take(dag, turn(0, "t1"), create("r0"), create("r1"), create("r2"))).toBeNull();
      const keys = ["r0", "r2"].map((run_id) => on.keyOf(dag, "x", "a", run_id));
      expect(await store.take(dag, turn(0, "t2"), create("r0"), { kind: "skip" }, create("r2"))).toEqual(keys);
      expect(await store.find(id)).toMatchObject({ next_index: 3, skipped: 1, runs: { running: 2 } });
      expect(await store.take(dag, turn(3, "t3"), create("r3"))).toBeNull();
      const { rows } = await database.$client.execute({
        sql: "SELECT run_id, backfill_index FROM dag_runs WHERE dag_id = ? ORDER BY 2",
        args: [dag.dag_id],
      });
      expect(rows.map((row) => [row["run_id"], row["backfill_index"]])).toEqual([
        ["r0", 0],
        ["r2", 2],
      ]);
      const windows = [
        { start: 0, end: 1 },
        { start: 0, end: 2 },
      ];
      expect(await store.coverings(dag.dag_id, windows, ["a"])).toMatchObject([{ state: "running" }, null]);
      expect(await store.coverings(dag.dag_id, [], ["a"])).toEqual([]);
    });

    it("run a covered interval again, once a turn", async () => {
      const dag = on.makeDag([{ task_id: "x", map_over: "instrument" }]);
      await on.createRun(dag, 0, ["a"]);
      const window = { start: NOW - 3_600_000, end: NOW };
      const { store, id, turn } = await start(dag, { total: 1 });
      expect(await store.covering(dag.dag_id, window, ["a"])).toEqual({ run_id: "run_0", state: "running" });
      expect(await store.covering(dag.dag_id, window, ["a", "b"])).toBeNull();
      await on.finish(dag, on.keyOf(dag, "x", "a"), DONE);
      const move = { kind: "rerun", run_id: "run_0", conf: { again: true }, deadline_at: null } as const;
      expect(await store.take(dag, turn(0, "t1"), move)).toEqual([on.keyOf(dag, "x", "a")]);
      expect(await store.take(dag, turn(0, "t2"), move)).toBeNull();
      expect(await on.ledger.run(dag.dag_id, "run_0")).toMatchObject({ state: "running", backfill_id: id, conf: { again: true } });
      await on.finish(dag, on.keyOf(dag, "x", "a"), DONE);
      await store.complete(id, NOW);
      expect(await store.find(id)).toMatchObject({ completed_at: NOW, runs: { success: 1 } });
      expect([await store.setPaused(dag, id, true, NOW), await store.cancel(id, NOW)]).toEqual([null, false]);
    });
  });
});
