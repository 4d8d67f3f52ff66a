import { beforeEach, describe, expect, it } from "vitest";
import { viewOfGrid } from "../../../functions/api/viewOfGrid.ts";
import { dagGridSchema } from "../../../shared/contracts/dagGrid.ts";
import { HOUR, MINUTE, toIso } from "../../../shared/domain/instant.ts";
import type { GridRun } from "../../../shared/ports/ledgerRecords.ts";
import { DAG, NOON, NOW, startAirflowRun, WAIT } from "../../support/api/airflowRun.ts";
import type { TestApp } from "../../support/api/testApp.ts";
import { dagOf } from "../../support/engine/pipelineFixtures.ts";

let app: TestApp;
beforeEach(async () => {
  ({ app } = await startAirflowRun());
});

const PATH = "/api/dags/market_feature_pipeline/grid";
const get = async (query = "") => dagGridSchema.parse((await app.call("GET", `${PATH}${query}`)).body);
const trigger = (run_id: string, hours_ago: number) =>
  app.call("POST", `${DAG}/dagRuns`, {
    ...{ dag_run_id: run_id, data_interval_start: toIso(NOON - (hours_ago + 1) * HOUR), data_interval_end: toIso(NOON - hours_ago * HOUR) },
  });

describe("GET /api/dags/{dag_id}/grid", () => {
  it("has the tasks in their order, and of a run the state, tries and times of each", async () => {
    const { tasks, runs, ...told } = await get();
    expect(told).toEqual({ dag_id: "market_feature_pipeline", next_before: null, next_since: null });
    const { body: listed } = await app.call("GET", `${DAG}/tasks`);
    expect(tasks.map(({ task_id }) => task_id)).toEqual(listed.tasks.map(({ task_id }: { task_id: string }) => task_id));
    for (const [place, { upstream }] of tasks.entries())
      expect(upstream.every((id) => tasks.findIndex(({ task_id }) => task_id === id) < place)).toBe(true);
    expect(tasks[0]).toEqual({ task_id: "wait_for_bars", upstream: [], is_mapped: true, is_defined: true });

    const [run] = runs;
    expect(run).toMatchObject({
      ...{ dag_run_id: "r", run_type: "manual", state: "running", logical_date: null, end_date: null, backfill_id: null, is_late: false },
      ...{ data_interval_start: toIso(NOON - HOUR), data_interval_end: toIso(NOON), queued_at: toIso(NOW), start_date: toIso(NOW) },
    });
    for (const list of [run!.states, run!.counts, run!.try_number, run!.start_s, run!.end_s]) expect(list).toHaveLength(tasks.length);
    // One pair has failed, the other is due: the summary is that of Airflow.
    expect([run!.states[0], run!.counts[0], run!.try_number[0], run!.start_s[0], run!.end_s[0]]).toEqual([
      "failed",
      { failed: 1, queued: 1 },
      1,
      0,
      null,
    ]);
  });

  it("says what waits, and when what ended did", async () => {
    const claimed = { token: "t", now: NOW + MINUTE, lease_until: NOW + HOUR };
    const [dag, key] = [dagOf([]), { dag_id: "market_feature_pipeline", run_id: "r", task_id: "wait_for_bars", map_key: "USD_SGD" }];
    const task = await app.ledger.claim({ ...dag, dag_id: key.dag_id }, key, claimed);
    expect(task).not.toBeNull();
    expect((await get()).runs[0]!.states[0]).toBe("failed");
    await app.call("PATCH", `${WAIT}?map_key=USD_SGD`, { new_state: "success" });
    const { runs, tasks } = await get();
    expect(runs[0]!.counts[0]).toEqual({ failed: 1, success: 1 });
    expect(runs[0]!.end_s[0]).toBe(1.5);
    const silver = tasks.findIndex(({ task_id }) => task_id === "build_market_silver");
    expect(runs[0]!.states[silver]).toBe("upstream_failed");
  });

  it("goes back by before, up to a moment, and leaves out what has not changed since", async () => {
    await trigger("older", 1);
    await trigger("oldest", 2);
    expect((await get()).runs.map(({ dag_run_id }) => dag_run_id)).toEqual(["r", "older", "oldest"]);
    const first = await get("?limit=2");
    expect([first.runs.length, first.next_before]).toEqual([2, "older"]);
    const second = await get(`?limit=2&before=${first.next_before}`);
    expect([second.runs.map(({ dag_run_id }) => dag_run_id), second.next_before]).toEqual([["oldest"], null]);
    expect((await get(`?run_after_lte=${toIso(NOON - HOUR)}`)).runs).toHaveLength(2);

    await app.call("PATCH", `${DAG}/dagRuns/older`, { state: "success" });
    const { next_since } = await get();
    expect(next_since).toBe(toIso(NOW - MINUTE));
    const later = encodeURIComponent(toIso(NOW + HOUR));
    const changed = await get(`?since=${later}`);
    expect([changed.runs.map(({ dag_run_id }) => dag_run_id), changed.next_since]).toEqual([["r", "oldest"], toIso(NOW + HOUR)]);
  });

  it("is the same while nothing changes, and is not sent again", async () => {
    const { headers } = await app.call("GET", PATH);
    const known = { "if-none-match": headers.get("etag")! };
    expect((await app.call("GET", PATH, undefined, known)).status).toBe(304);
    await app.call("PATCH", `${WAIT}?map_key=USD_SGD`, { new_state: "success" });
    expect((await app.call("GET", PATH, undefined, known)).status).toBe(200);
  });

  it("refuses a pipeline and a run that are not there, and what is no limit and no time", async () => {
    expect((await app.call("GET", "/api/dags/nothing/grid")).body).toMatchObject({ status: 404, code: "unknown_dag" });
    const unknown = await app.call("GET", `${PATH}?before=nothing`);
    expect(unknown.body).toMatchObject({ status: 404, code: "unknown_run", field: "before" });
    for (const query of ["limit=0", "limit=1001", "since=yesterday", "run_after_lte=2025", "offset=3", "before="])
      expect([query, (await app.call("GET", `${PATH}?${query}`)).status]).toEqual([query, 422]);
  });
});

describe("viewOfGrid", () => {
  const run = (tasks: GridRun["tasks"], over: Partial<GridRun> = {}): GridRun => ({
    ...{ run_id: "r", run_type: "scheduled", state: "success", window: { start: NOON - HOUR, end: NOON }, queued_at: NOW },
    ...{ started_at: NOW, ended_at: NOW + HOUR, backfill_id: 3, is_late: true, tasks, ...over },
  });
  const task = (task_id: string): GridRun["tasks"][number] => ({
    ...{ task_id, is_mapped: false, counts: { success: 1 }, try_number: 2, started_at: NOW + 1_250, ended_at: NOW + 2_500 },
  });

  it("has a column for what the pipeline has lost, and says which task a run does not have", () => {
    const dag = dagOf([{ task_id: "y", upstream: ["x"] }, { task_id: "x" }]);
    const runs = [run([task("x"), task("y")]), run([task("x"), task("former"), task("earlier")])];
    const grid = viewOfGrid(dag, { runs, next_before: null }, null);
    expect(grid.tasks.map(({ task_id, is_defined }) => [task_id, is_defined])).toEqual([
      ["x", true],
      ["y", true],
      ["earlier", false],
      ["former", false],
    ]);
    expect(grid.runs.map(({ states }) => states)).toEqual([
      ["success", "success", "absent", "absent"],
      ["success", "absent", "success", "success"],
    ]);
    expect(grid.runs[1]).toMatchObject({
      ...{ logical_date: toIso(NOON - HOUR), backfill_id: 3, is_late: true, counts: [null, null, null, null] },
      ...{ try_number: [2, 0, 2, 2], start_s: [1.25, null, 1.25, 1.25], end_s: [2.5, null, 2.5, 2.5] },
    });
  });

  it("asks for what comes next a minute before the last end, and never goes back", () => {
    const dag = dagOf([{ task_id: "x" }]);
    const since = (runs: readonly GridRun[], asked: number | null) => viewOfGrid(dag, { runs, next_before: null }, asked).next_since;
    expect(since([run([]), run([], { ended_at: null })], null)).toBe(toIso(NOW + HOUR - MINUTE));
    expect(since([run([])], NOW + HOUR)).toBe(toIso(NOW + HOUR));
    expect(since([run([], { ended_at: null })], null)).toBeNull();
  });
});
