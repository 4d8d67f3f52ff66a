import { describe, expect, it } from "vitest";
import type { RunSlice } from "../../../shared/dag/step.ts";
import { AppError } from "../../../shared/errors.ts";
import { openOrchestration } from "../../support/engine/orchestration.ts";
import { dagOf, keyOf, NOW, REQUEST, type TaskDraft } from "../../support/engine/pipelineFixtures.ts";

const CHAIN: readonly TaskDraft[] = [
  { task_id: "x", map_over: "instrument", retries: 0 },
  { task_id: "y", map_over: "instrument", upstream: ["x"], retries: 1 },
  { task_id: "join", upstream: ["y"], trigger_rule: "all_done" },
];

async function failOnce(task_id: string, map_key: string, over = {}) {
  const state = { broken: true };
  const step: RunSlice<null> = async (_ports, context) => {
    if (state.broken && context.task_id === task_id && context.map_key === map_key) throw new AppError("invalid_candle", "bad");
    return { kind: "success", report: { try_number: context.try_number } };
  };
  const world = await openOrchestration([dagOf(CHAIN, over)], { step });
  await world.engine.triggerRun(REQUEST);
  await world.finish();
  state.broken = false;
  return world;
}

describe("clear", () => {
  it("says what it would do, and does nothing, unless told to", async () => {
    const { control, statesOf } = await failOnce("x", "EUR_USD");
    const before = await statesOf();
    expect(before).toEqual({
      "x/EUR_USD": "failed",
      "x/USD_SGD": "success",
      "y/EUR_USD": "upstream_failed",
      "y/USD_SGD": "success",
      join: "success",
    });
    const failed = await control.clear("d", { dag_run_id: "r" });
    expect(failed.task_instances.map((one) => [one.task_id, one.map_key, one.state])).toEqual([
      ["x", "EUR_USD", "failed"],
      ["y", "EUR_USD", "upstream_failed"],
    ]);
    const all = await control.clear("d", { dag_run_id: "r", task_ids: [["x", "EUR_USD"]], include_downstream: true, only_failed: false });
    expect(all.task_instances.map((one) => one.task_id + one.map_key)).toEqual(["join", "xEUR_USD", "yEUR_USD"]);
    const upstream = await control.clear("d", {
      start_date: "2025-06-27T11:00:00Z",
      end_date: "2025-06-27T12:00:00Z",
      task_ids: ["y"],
      map_keys: ["USD_SGD"],
      include_upstream: true,
      only_failed: false,
    });
    expect(upstream.task_instances.map((one) => one.task_id + one.map_key)).toEqual(["xUSD_SGD", "yUSD_SGD"]);
    expect(await statesOf()).toEqual(before);
  });

  it("runs them again with their tries kept, and the run is running, then done", async () => {
    const { control, ledger, finish, hints, statesOf } = await failOnce("x", "EUR_USD");
    hints.take();
    await control.clear("d", {
      dag_run_id: "r",
      only_failed: false,
      task_ids: ["x"],
      map_keys: ["EUR_USD"],
      include_downstream: true,
      dry_run: false,
    });
    expect(await ledger.run("d", "r")).toMatchObject({ state: "running", ended_at: null });
    expect(hints.take()).toEqual([keyOf("x", "EUR_USD")]);
    expect(await statesOf()).toMatchObject({ "x/EUR_USD": "queued", "y/EUR_USD": null, join: null, "x/USD_SGD": "success" });
    await finish();
    expect(new Set(Object.values(await statesOf()))).toEqual(new Set(["success"]));
    expect((await ledger.attempts(keyOf("x", "EUR_USD"))).map((one) => [one.try_number, one.state])).toEqual([
      [1, "failed"],
      [2, "success"],
    ]);
    const instances = await ledger.taskInstances("d", "r");
    expect(instances.find((one) => one.task_id === "join")).toMatchObject({ try_number: 2, report: { try_number: 2 } });
    expect(instances.find((one) => one.task_id === "x" && one.map_key === "EUR_USD")).toMatchObject({ try_number: 2, max_tries: 1 });
    expect((await ledger.run("d", "r"))?.state).toBe("success");
  });

  it("settles a run at once when nothing of it is left to do, though others run in its place", async () => {
    const { control, engine, ledger, hints } = await failOnce("x", "EUR_USD");
    await engine.triggerRun({ ...REQUEST, run_id: "second" });
    hints.take();
    await control.clear("d", { dag_run_id: "r", task_ids: ["y"], only_failed: true, dry_run: false });
    expect(await ledger.run("d", "r")).toMatchObject({ state: "failed", started_at: NOW, ended_at: NOW });
    expect((await ledger.taskInstances("d", "r")).find((one) => one.task_id === "y" && one.map_key === "EUR_USD")).toMatchObject({
      state: "upstream_failed",
    });
    expect(hints.take()).toEqual([]);
    await control.clear("d", { dag_run_id: "r", task_ids: ["x"], only_failed: true, dry_run: false });
    expect((await ledger.run("d", "r"))?.state).toBe("queued");
  });

  it("takes along what came behind a failed task when told to, though it was skipped or did its work without it", async () => {
    const dag = dagOf([...CHAIN, { task_id: "told", upstream: ["join"], trigger_rule: "none_failed" }]);
    const state = { broken: true };
    const step: RunSlice<null> = async (_ports, { task_id, map_key }) => {
      if (state.broken && task_id === "x" && map_key === "EUR_USD") throw new AppError("invalid_candle", "bad");
      if (state.broken && task_id === "join") return { kind: "skipped", reason: "nothing new" };
      return { kind: "success", report: {} };
    };
    const { engine, control, finish, statesOf } = await openOrchestration([dag], { step });
    await engine.triggerRun(REQUEST);
    await finish();
    expect(await statesOf()).toMatchObject({ "y/USD_SGD": "success", join: "skipped", told: "success" });
    state.broken = false;
    const picked = await control.clear("d", { dag_run_id: "r", only_failed: true, include_downstream: true, dry_run: false });
    expect(picked.task_instances.map((one) => one.task_id + one.map_key)).toEqual(["join", "told", "xEUR_USD", "yEUR_USD"]);
    await finish();
    expect(new Set(Object.values(await statesOf()))).toEqual(new Set(["success"]));
  });

  it("gives as many retries as a new task has", async () => {
    const world = await openOrchestration([dagOf([{ task_id: "x", retries: 2, retry_delay_ms: 1 }])], {
      step: async () => {
        throw new AppError("source_unavailable", "away", { retryable: true });
      },
    });
    await world.engine.triggerRun(REQUEST);
    await world.finish();
    await world.control.clear("d", { dag_run_id: "r", dry_run: false });
    await world.finish();
    expect((await world.ledger.taskInstances("d", "r"))[0]).toMatchObject({ state: "failed", try_number: 6, max_tries: 5 });
  });

  it("of a running task is refused, or stops it, and its late result counts for nothing", async () => {
    const dag = dagOf(CHAIN.slice(0, 1));
    const { control, engine, ledger, statesOf } = await openOrchestration([dag]);
    await engine.triggerRun(REQUEST);
    const { lease } = (await ledger.claim(dag, keyOf("x", "EUR_USD"), { token: "slow", now: NOW, lease_until: NOW + 60_000 }))!;
    const body = { dag_run_id: "r", task_ids: ["x"], only_failed: false, dry_run: false };
    await expect(control.clear("d", body)).rejects.toMatchObject({
      code: "task_running",
      status: 409,
      details: { running: ["r/x/EUR_USD"] },
    });
    expect(await statesOf()).toMatchObject({ "x/EUR_USD": "running" });
    await control.clear("d", { ...body, prevent_running_task: false });
    expect(await ledger.settle(dag, lease, { ending: { state: "success", report: {} }, log: "late", now: NOW })).toBeNull();
    expect(await statesOf()).toMatchObject({ "x/EUR_USD": "queued" });
    expect(await ledger.attempts(keyOf("x", "EUR_USD"))).toMatchObject([{ state: "failed", error: { code: "cancelled" } }]);
    expect(await engine.runHint(keyOf("x", "EUR_USD"))).toMatchObject({ outcome: "success" });
  });

  it("queues the run behind max_active_runs, and goes on when there is room", async () => {
    const { control, engine, ledger, finish, hints } = await failOnce("y", "EUR_USD");
    const later = { ...REQUEST, run_id: "later", window: { start: NOW, end: NOW + 1 } };
    await engine.triggerRun(later);
    await control.clear("d", { dag_run_id: "r", dry_run: false });
    expect((await ledger.run("d", "r"))?.state).toBe("queued");
    expect((await control.dependencies(keyOf("y", "EUR_USD"))).dependencies).toMatchObject([{ name: "run_queued" }]);
    hints.take();
    expect((await engine.runHint(keyOf("y", "EUR_USD"))).outcome).toBe("not_due");
    await finish();
    expect([(await ledger.run("d", "r"))?.state, (await ledger.run("d", "later"))?.state]).toEqual(["success", "success"]);
  });

  it.each([
    [{}, "invalid_request", 422, "dag_run_id"],
    [{ dag_run_id: "r", start_date: "2025-06-27T11:00:00Z" }, "invalid_request", 422, "dag_run_id"],
    [{ start_date: "2025-06-27T11:00:00Z", end_date: "2025-06-27T11:00:00Z" }, "invalid_request", 422, "start_date"],
    [{ start_date: "then", end_date: "now" }, "invalid_timestamp", 400, "start_date"],
    [{ dag_run_id: "absent" }, "unknown_run", 404, "dag_run_id"],
    [{ dag_run_id: "r", task_ids: ["absent"] }, "unknown_task", 404, "task_id"],
    [{ dag_run_id: "r", map_keys: [] }, "invalid_request", 422, "map_keys"],
    [{ dag_run_id: "r", odd: 1 }, "invalid_request", 422, "odd"],
  ])("refuses %j", async (body, code, status, field) => {
    const { control } = await failOnce("x", "EUR_USD");
    await expect(control.clear("d", body)).rejects.toMatchObject({ code, status, details: { field } });
    await expect(control.clear("other", {})).rejects.toMatchObject({ code: "unknown_dag", status: 404 });
  });
});

describe("marks", () => {
  it("let what follows a task run, or give it up", async () => {
    const { control, ledger, finish, statesOf } = await failOnce("x", "EUR_USD", { tasks: dagOf(CHAIN.slice(0, 2)).tasks });
    const marked = await control.patchTask(keyOf("x", "EUR_USD"), { new_state: "success", note: "checked by hand" });
    expect(marked).toMatchObject({ state: "success", note: "checked by hand" });
    expect((await ledger.run("d", "r"))?.state).toBe("running");
    await finish();
    expect(await statesOf()).toMatchObject({ "y/EUR_USD": "success" });
    expect((await ledger.run("d", "r"))?.state).toBe("success");
    await control.patchTask(keyOf("y", "USD_SGD"), { new_state: "failed" });
    expect((await ledger.run("d", "r"))?.state).toBe("failed");
    await expect(control.patchTask(keyOf("y", "GBP_USD"), { new_state: "failed" })).rejects.toMatchObject({
      code: "unknown_task",
      details: { field: "map_key" },
    });
    await expect(control.patchTask(keyOf("nope"), { new_state: "failed" })).rejects.toMatchObject({ code: "unknown_task" });
  });

  it.each([
    ["failed", { "x/EUR_USD": "failed", "x/USD_SGD": "skipped", "y/EUR_USD": "skipped", "y/USD_SGD": "skipped", join: "skipped" }],
    ["success", { "x/EUR_USD": "success", "x/USD_SGD": "success", "y/EUR_USD": "success", "y/USD_SGD": "success", join: "success" }],
  ] as const)("end a run as %s, and the next one starts", async (state, states) => {
    const dag = dagOf(CHAIN);
    const { control, engine, ledger, hints, statesOf } = await openOrchestration([dag]);
    await engine.triggerRun(REQUEST);
    await engine.triggerRun({ ...REQUEST, run_id: "next", window: { start: NOW - 2, end: NOW - 1 } });
    const { lease } = (await ledger.claim(dag, keyOf("x", "EUR_USD"), { token: "t", now: NOW, lease_until: NOW + 60_000 }))!;
    hints.take();
    expect(await control.patchRun("d", "r", { state })).toMatchObject({ state, end_date: "2025-06-27T12:00:00Z" });
    expect(await statesOf()).toEqual(states);
    expect(hints.take().map((key) => key.run_id)).toEqual(["next", "next"]);
    expect(await ledger.heartbeat(lease, NOW + 90_000)).toBe(false);
    await expect(control.patchRun("d", "absent", { state })).rejects.toMatchObject({ code: "unknown_run" });
  });
});
