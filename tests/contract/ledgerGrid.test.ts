import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../functions/adapters/libsql/database.ts";
import { isTerminal } from "../../shared/dag/taskState.ts";
import { MINUTE } from "../../shared/domain/instant.ts";
import type { GridRun } from "../../shared/ports/ledgerRecords.ts";
import { openMemoryDatabase } from "../support/databases/memoryDatabase.ts";
import { type SqldProcess, startSqld } from "../support/databases/sqldProcess.ts";
import { BROKEN, createLedgerHarness, DONE } from "../support/engine/ledgerHarness.ts";
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

describe.each(adapters)("the grid of the ledger on %s", (_name, open) => {
  let on: ReturnType<typeof createLedgerHarness>;
  beforeAll(async () => {
    on = createLedgerHarness(await open());
  });

  const idsOf = ({ runs }: { readonly runs: readonly GridRun[] }) => runs.map(({ run_id }) => run_id);
  const twoTasks = () =>
    on.makeDag(
      [
        { task_id: "x", map_over: "instrument" },
        { task_id: "y", upstream: ["x"] },
      ],
      9,
    );

  it("has of every task what its instances say together", async () => {
    const dag = twoTasks();
    await on.createRun(dag, 0, ["a", "b", "c"]);
    await on.finish(dag, on.keyOf(dag, "x", "a"), DONE, NOW + 5);
    await on.finish(dag, on.keyOf(dag, "x", "b"), BROKEN, NOW + 9);
    const { runs } = await on.ledger.grid({ dag_id: dag.dag_id, limit: 10 });
    const { window, run_type, state, queued_at, started_at, ended_at, backfill_id, is_late } = (await on.ledger.run(dag.dag_id, "run_0"))!;
    expect(runs).toEqual([
      { run_id: "run_0", window, run_type, state, queued_at, started_at, ended_at, backfill_id, is_late, tasks: expect.any(Array) },
    ]);
    expect(runs[0]!.tasks.toSorted((a, b) => (a.task_id < b.task_id ? -1 : 1))).toEqual([
      {
        ...{ task_id: "x", is_mapped: true, counts: { success: 1, failed: 1, queued: 1 }, try_number: 1 },
        ...{ started_at: NOW + 5, ended_at: null },
      },
      { task_id: "y", is_mapped: false, counts: { upstream_failed: 1 }, try_number: 0, started_at: null, ended_at: NOW + 9 },
    ]);
    await on.finish(dag, on.keyOf(dag, "x", "c"), DONE, NOW + 20);
    const [run] = (await on.ledger.grid({ dag_id: dag.dag_id, limit: 10 })).runs;
    expect(run).toMatchObject({ state: "failed", ended_at: NOW + 20 });
    expect(run!.tasks.find(({ task_id }) => task_id === "x")).toMatchObject({ started_at: NOW + 5, ended_at: NOW + 20 });
  });

  it("says the same as the list of instances, whatever became of them", async () => {
    const dag = on.makeDag(
      [
        { task_id: "x", map_over: "instrument", retries: 1 },
        { task_id: "y", map_over: "instrument", upstream: ["x"], trigger_rule: "all_done" },
        { task_id: "z", upstream: ["y"] },
      ],
      9,
    );
    for (let hour = 0; hour < 6; hour++) await on.createRun(dag, hour, ["a", "b", "c"]);
    for (let hour = 1; hour < 6; hour++) {
      const key = (task_id: string, map_key: string) => on.keyOf(dag, task_id, map_key, `run_${hour}`);
      for (const [place, map_key] of ["a", "b", "c"].entries()) {
        if (place < hour) await on.finish(dag, key("x", map_key), (place + hour) % 3 === 0 ? BROKEN : DONE, NOW + hour + place);
        if (place < hour - 2) await on.claim(dag, key("y", map_key), NOW + 10);
      }
    }
    const { runs } = await on.ledger.grid({ dag_id: dag.dag_id, limit: 10 });
    expect(runs).toHaveLength(6);
    for (const { run_id, tasks } of runs) {
      const instances = await on.ledger.taskInstances(dag.dag_id, run_id);
      const by_task = Map.groupBy(instances, ({ task_id }) => task_id);
      expect(tasks.map(({ task_id }) => task_id).sort()).toEqual([...by_task.keys()].sort());
      for (const { task_id, counts, try_number, started_at, ended_at } of tasks) {
        const of = by_task.get(task_id)!;
        const states = of.map(({ state }) => state ?? "none");
        expect(counts).toEqual(Object.fromEntries([...Map.groupBy(states, (state) => state)].map(([state, all]) => [state, all.length])));
        expect(try_number).toBe(Math.max(...of.map((one) => one.try_number)));
        const starts = of.flatMap((one) => (one.started_at === null ? [] : [one.started_at]));
        expect(started_at).toBe(starts.length === 0 ? null : Math.min(...starts));
        const ends = of.flatMap((one) => (one.ended_at === null ? [] : [one.ended_at]));
        expect(ended_at).toBe(states.every(isTerminal) && ends.length > 0 ? Math.max(...ends) : null);
      }
    }
  });

  it("goes back page by page, and leaves nothing out where intervals end together", async () => {
    const dag = twoTasks();
    for (const hour of [0, 1, 2, 3]) await on.createRun(dag, hour);
    const window = { start: NOW, end: NOW + 1 };
    const twin = { dag_id: dag.dag_id, run_type: "manual", window, conf: {}, triggered_by: "test", deadline_at: null, tasks: [] } as const;
    for (const run_id of ["twin_b", "twin_a", "twin_c"]) await on.ledger.createRun(dag, { ...twin, run_id }, NOW);
    const all = idsOf(await on.ledger.grid({ dag_id: dag.dag_id, limit: 100 }));
    expect(all).toEqual(["run_3", "run_2", "run_1", "twin_a", "twin_b", "twin_c", "run_0"]);
    const ends = new Map((await on.ledger.grid({ dag_id: dag.dag_id, limit: 100 })).runs.map(({ run_id, window }) => [run_id, window.end]));
    for (const limit of [1, 2, 3, 7]) {
      const told: string[] = [];
      for (let before: string | null | undefined; before !== null; ) {
        const mark = before === undefined ? {} : { before: { run_id: before, window_end: ends.get(before)! } };
        const page = await on.ledger.grid({ dag_id: dag.dag_id, limit, ...mark });
        told.push(...idsOf(page));
        before = page.next_before;
      }
      expect(told).toEqual(all);
    }
    expect(idsOf(await on.ledger.grid({ dag_id: dag.dag_id, limit: 2, until: NOW + 1 }))).toEqual(["twin_a", "twin_b"]);
  });

  it("leaves out what ended before, and tells every run that was touched since", async () => {
    const dag = twoTasks();
    const finishRun = async (hour: number, at: number) => {
      for (const map_key of ["a", "b"]) await on.finish(dag, on.keyOf(dag, "x", map_key, `run_${hour}`), DONE, at);
      await on.finish(dag, on.keyOf(dag, "y", "", `run_${hour}`), DONE, at);
    };
    for (const hour of [0, 1, 2, 3]) await on.createRun(dag, hour);
    await finishRun(0, NOW + MINUTE);
    await finishRun(1, NOW + 2 * MINUTE);
    await finishRun(2, NOW + 3 * MINUTE);
    const since = async (at: number, limit = 10) => idsOf(await on.ledger.grid({ dag_id: dag.dag_id, limit, since: at }));
    expect(await since(NOW + 2 * MINUTE)).toEqual(["run_3", "run_2", "run_1"]);
    expect(await since(NOW + 10 * MINUTE)).toEqual(["run_3"]);
    // Of the page, and not in place of what it leaves out.
    expect(await since(NOW, 2)).toEqual(["run_3", "run_2"]);
    expect((await on.ledger.grid({ dag_id: dag.dag_id, limit: 2, since: NOW + 10 * MINUTE })).next_before).toBe("run_2");

    const later = NOW + 20 * MINUTE;
    await on.ledger.markTask(dag, on.keyOf(dag, "y", "", "run_0"), "skipped", "by hand", later);
    expect(await since(later)).toEqual(["run_3", "run_0"]);
    const keys = [on.keyOf(dag, "y", "", "run_1")];
    await on.ledger.clear(dag, { keys, may_revoke: false, deadline_at: null, now: later });
    expect(await since(later + MINUTE)).toEqual(["run_3", "run_1"]);
    await on.ledger.markRun(dag, "run_2", "failed", "by hand", later + 2 * MINUTE);
    expect(await since(later + 2 * MINUTE)).toEqual(["run_3", "run_2", "run_1"]);
  });

  it("is of one DAG, and empty for one that has no run", async () => {
    await on.createRun(twoTasks());
    expect(await on.ledger.grid({ dag_id: "dag_without_runs", limit: 5 })).toEqual({ runs: [], next_before: null });
  });
});
