import { beforeEach, describe, expect, it } from "vitest";
import { ALL_DAGS } from "../../../functions/pipelines/all.ts";
import { HOUR, MINUTE, toIso } from "../../../shared/domain/instant.ts";
import type { AirflowModel } from "../../support/api/airflowModels.ts";
import { askerOf, DAG, KEY, NOON, NOW, RUN, startAirflowRun, V2, WAIT } from "../../support/api/airflowRun.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import type { TestPorts } from "../../support/ports/testPorts.ts";

/** What Airflow's own client and command ask, with the queries and bodies that they send, and whether they could read the answer. */

let ports: TestPorts;
let app: TestApp;
const ask = askerOf(() => app);
beforeEach(async () => {
  ({ ports, app } = await startAirflowRun());
});

const CLEAR = {
  ...{ dry_run: true, only_failed: true, only_running: false, reset_dag_runs: true, prevent_running_task: false },
  ...{ include_upstream: false, include_downstream: false, include_future: false, include_past: false },
};
const MARK = { include_upstream: false, include_downstream: false, include_future: false, include_past: false };
const BACKFILL = {
  ...{ dag_id: "market_feature_pipeline", from_date: "2025-06-01T00:00:00+00:00", to_date: "2025-06-03T00:00:00" },
  ...{ max_active_runs: 10, run_backwards: false },
};

describe("every call of Airflow's client is answered with its declared status, in a shape that its models read", () => {
  it.each<[model: AirflowModel, method: string, path: string, body?: unknown]>([
    ["dags", "GET", `${V2}/dags`],
    ["dags", "GET", `${V2}/dags?limit=2&offset=1&order_by=-dag_id&paused=false&exclude_stale=true&dag_id_pattern=model`],
    ["dag", "GET", DAG],
    ["dagDetails", "GET", `${DAG}/details`],
    ["dag", "PATCH", `${DAG}?update_mask=is_paused`, { is_paused: true }],
    ["tasks", "GET", `${DAG}/tasks?order_by=task_id`],
    ["task", "GET", `${DAG}/tasks/build_market_gold`],
    ["runs", "GET", `${V2}/dags/~/dagRuns?state=running&state=queued&order_by=-run_after&order_by=run_id`],
    ["run", "GET", RUN],
    ["run", "POST", `${DAG}/dagRuns`, { logical_date: null }],
    ["instances", "GET", `${RUN}/taskInstances`],
    ["instances", "GET", `${V2}/dags/~/dagRuns/~/taskInstances?state=failed&state=upstream_failed&limit=10`],
    ["instances", "GET", `${WAIT}/listMapped`],
    ["instance", "GET", `${WAIT}/0`],
    ["instance", "GET", `${WAIT}?map_index=1`],
    ["tries", "GET", `${WAIT}/tries?map_index=0`],
    ["tries", "GET", `${WAIT}/0/tries`],
    ["history", "GET", `${WAIT}/0/tries/1`],
    ["log", "GET", `${WAIT}/logs/1?map_index=0&full_content=true`],
    ["dependencies", "GET", `${WAIT}/dependencies?map_index=1`],
    ["dependencies", "GET", `${WAIT}/1/dependencies`],
    ["instances", "POST", `${DAG}/clearTaskInstances`, { ...CLEAR, dag_run_id: "r" }],
    ["instances", "POST", `${DAG}/clearTaskInstances`, { ...CLEAR, dag_run_id: "r", dry_run: false, task_ids: [["wait_for_bars", 0]] }],
    ["clearedRun", "POST", `${RUN}/clear`, { dry_run: true, only_failed: false, only_new: false }],
    ["run", "POST", `${RUN}/clear`, { dry_run: false, only_failed: true, only_new: false }],
    ["backfills", "GET", `${V2}/backfills?dag_id=market_feature_pipeline`],
    ["plan", "POST", `${V2}/backfills/dry_run`, BACKFILL],
    ["backfill", "POST", `${V2}/backfills`, BACKFILL],
    ["pools", "GET", `${V2}/pools?order_by=-name`],
    ["pool", "GET", `${V2}/pools/default_pool`],
    ["eventLogs", "GET", `${V2}/eventLogs?event=on_failure`],
    ["eventLog", "GET", `${V2}/eventLogs/1`],
    ["importErrors", "GET", `${V2}/importErrors`],
    ["dagWarnings", "GET", `${V2}/dagWarnings?limit=50`],
    ["dagTags", "GET", `${V2}/dagTags`],
    ["dagVersions", "GET", `${DAG}/dagVersions`],
    ["jobs", "GET", `${V2}/jobs`],
    ["assets", "GET", `${V2}/assets`],
    ["run", "PATCH", `${RUN}?update_mask=state`, { state: "failed" }],
    ["instances", "PATCH", `${WAIT}/1?update_mask=new_state`, { ...MARK, new_state: "skipped" }],
    ["instances", "PATCH", `${WAIT}?map_index=1`, { ...MARK, new_state: "success" }],
    ["health", "GET", `${V2}/monitor/health`],
    ["version", "GET", `${V2}/version`],
  ])("%s: %s %s", async (model, method, path, body) => {
    const { status, headers } = await ask(model, path, method, body);
    expect(status).toBe(200);
    // airflowctl reads a message of nothing else.
    expect(headers.get("content-type")).toBe("application/json");
  });

  it.each([
    ["GET", `${V2}/dags/nothing`, 404, "error"],
    ["GET", `${V2}/dagSources/market_feature_pipeline`, 404, "error"],
    ["GET", `${V2}/nothing`, 404, "error"],
    ["GET", `${V2}/dags/nothing/dagVersions`, 404, "error"],
    ["GET", `${WAIT}/7`, 404, "error"],
    ["GET", `${WAIT}/logs/9?map_index=0`, 404, "error"],
    ["GET", `${RUN}/taskInstances/wait_for_bars`, 404, "error"],
    ["GET", `${V2}/pools/nothing`, 404, "error"],
    ["GET", `${V2}/eventLogs/99`, 404, "error"],
    ["DELETE", DAG, 405, "error"],
    ["GET", `${V2}/dags?limit=0`, 422, "invalid"],
    ["GET", `${V2}/dags/~/dagRuns?cursor=abc`, 422, "invalid"],
    ["GET", `${V2}/dags/~/dagRuns/~/taskInstances?limit=1000`, 422, "invalid"],
  ] as const)("%s %s fails with %i and a detail", async (method, path, status, model) => {
    const { headers, ...answer } = await ask(model, path, method);
    expect(answer.status).toBe(status);
    expect(headers.get("content-type")).toBe("application/json");
  });
});

describe("a task of a run", () => {
  it("is found by its place among the keys, which is that of its key in their order", async () => {
    const { body } = await ask("instances", `${WAIT}/listMapped`);
    const shown = body.task_instances.map((one: Record<string, unknown>) => [one["map_index"], one["rendered_map_index"], one["state"]]);
    expect(shown).toEqual([
      [0, "EUR_USD", "failed"],
      [1, "USD_SGD", "queued"],
    ]);
    const second = (await ask("instance", `${WAIT}/1`)).body;
    expect(second).toMatchObject({ map_key: "USD_SGD", pool: "oanda", dag_run_id: "r" });
    expect((await ask("instance", `${WAIT}?map_key=USD_SGD`)).body).toEqual(second);
  });

  it("that a rule gave up says what for, alone and in a list", async () => {
    const path = `${RUN}/taskInstances/build_market_silver/0`;
    const note = "because wait_for_bars (EUR_USD) failed";
    expect((await ask("instance", path)).body).toMatchObject({ state: "upstream_failed", note });
    const { body } = await ask("instances", `${V2}/dags/~/dagRuns/~/taskInstances?state=upstream_failed&order_by=task_id&limit=2`);
    expect(body).toMatchObject({ total_entries: 4, task_instances: [{ task_id: "build_market_gold", note }, { note }] });
  });

  it("has the log of each try, and the error that it ended with", async () => {
    const { body } = await ask("log", `${WAIT}/logs/1?map_index=0`);
    expect(body.content).toEqual([
      { event: "asked for EUR_USD", timestamp: null, level: "info" },
      { event: "no such pair", timestamp: null, level: "info" },
      { event: "source_rejected: no such pair", timestamp: null, level: "error" },
    ]);
    expect((await ask("history", `${WAIT}/0/tries/1`)).body).toMatchObject({ state: "failed", duration: 1.5, map_index: 0, max_tries: 3 });
  });
});

describe("a clear", () => {
  const clear = async (body: object) => {
    const { body: found } = await ask("instances", `${DAG}/clearTaskInstances`, "POST", {
      ...CLEAR,
      dag_run_id: "b",
      only_failed: false,
      ...body,
    });
    return [...new Set(found.task_instances.map((one: { dag_run_id: string }) => one.dag_run_id))];
  };
  beforeEach(async () => {
    for (const [dag_run_id, end] of [
      ["a", NOON - 2 * HOUR],
      ["b", NOON - HOUR],
    ] as const)
      await app.call("POST", `${DAG}/dagRuns`, { dag_run_id, data_interval_start: toIso(end - HOUR), data_interval_end: toIso(end) });
  });

  it.each([
    [{}, ["b"]],
    [{ include_future: true }, ["b", "r"]],
    [{ include_past: true }, ["a", "b"]],
    [{ include_future: true, include_past: true }, ["a", "b", "r"]],
    [{ include_future: true, only_failed: true }, ["r"]],
    [{ include_past: true, only_running: true }, []],
  ])("of a run with %j is of the runs %j", async (body, runs) => {
    expect(await clear(body)).toEqual(runs);
  });

  it("of one instance, by its place, makes that one wait again", async () => {
    const body = { ...CLEAR, dag_run_id: "r", dry_run: false, task_ids: [["wait_for_bars", 0]], include_downstream: true };
    const { body: cleared } = await ask("instances", `${DAG}/clearTaskInstances`, "POST", body);
    expect(cleared.task_instances.map((one: { map_key: string }) => one.map_key)).toEqual(Array(5).fill("EUR_USD"));
    expect((await ask("instance", `${WAIT}/0`)).body).toMatchObject({ state: "queued", try_number: 1, max_tries: 4 });
  });

  it.each([
    [{ include_future: true, dag_run_id: undefined }, "dag_run_id"],
    [{ reset_dag_runs: false }, "reset_dag_runs"],
    [{ note: "again" }, "note"],
  ])("with %j is refused by name", async (body, field) => {
    const answer = await ask("invalid", `${DAG}/clearTaskInstances`, "POST", { ...CLEAR, dag_run_id: "b", ...body });
    expect([answer.status, answer.body.detail[0].loc]).toEqual([422, [field]]);
  });
});

describe("the trigger", () => {
  it("takes all that airflowctl sends, and a moment without a zone as UTC", async () => {
    const nulls = {
      dag_run_id: null,
      data_interval_start: null,
      data_interval_end: null,
      run_after: null,
      note: null,
      partition_key: null,
    };
    const { body } = await ask("run", `${DAG}/dagRuns`, "POST", { ...nulls, conf: {}, logical_date: "2025-06-25T10:10:00.123456" });
    expect(body).toMatchObject({ dag_run_id: "manual__2025-06-25T10:10:00.123Z", run_after: "2025-06-25T10:00:00Z", run_type: "manual" });
  });

  it.each(["note", "run_after", "partition_key"])("refuses a %s, which it could not keep", async (field) => {
    const answer = await ask("invalid", `${DAG}/dagRuns`, "POST", { logical_date: null, [field]: "2025-06-25T10:00:00Z" });
    expect([answer.status, answer.body.field]).toEqual([422, field]);
  });
});

describe("the server", () => {
  it("says of a pipeline what is known, and when its schedule comes next", async () => {
    expect((await ask("dagDetails", `${V2}/dags/model_training/details`)).body).toMatchObject({
      fileloc: "functions/pipelines/training/dag.ts",
      timezone: "Asia/Singapore",
      next_dagrun_data_interval_start: "2025-06-24T16:00:00Z",
      next_dagrun_run_after: "2025-06-25T16:00:00Z",
      active_runs_count: 0,
    });
    expect((await ask("dag", `${V2}/dags/model_validation`)).body).toMatchObject({
      next_dagrun_run_after: null,
      timetable_periodic: false,
    });
  });

  it("counts the slots of each pool, and of the tasks that need none", async () => {
    const { body } = await ask("pools", `${V2}/pools`);
    const pools = Object.fromEntries(body.pools.map((pool: { name: string }) => [pool.name, pool]));
    expect(pools["oanda"]).toMatchObject({ slots: 4, open_slots: 4, occupied_slots: 0, scheduled_slots: 1 });
    expect(pools["default_pool"]).toMatchObject({ slots: -1, open_slots: -1 });
    const dag = ALL_DAGS.find(({ dag_id }) => dag_id === KEY.dag_id)!;
    await app.ledger.claim(dag, { ...KEY, map_key: "USD_SGD" }, { token: "t", now: NOW, lease_until: NOW + MINUTE });
    const { body: oanda } = await ask("pool", `${V2}/pools/oanda`);
    expect(oanda).toMatchObject({ open_slots: 3, occupied_slots: 1, running_slots: 1, scheduled_slots: 0 });
  });

  it("tells what people were told of", async () => {
    const { body } = await ask("eventLogs", `${V2}/eventLogs?dag_id=market_feature_pipeline&after=2025-06-25T12:00:00`);
    expect(body.event_logs).toMatchObject([{ event: "on_failure", task_id: "wait_for_bars", run_id: "r", try_number: 1 }]);
    expect(JSON.parse(body.event_logs[0].extra)).toMatchObject({ map_key: "EUR_USD" });
    for (const query of [
      "excluded_events=on_failure",
      "before=2025-06-25T12:00:00",
      "included_events=x",
      "event=x",
      "owner=me",
      "run_id_pattern=x",
    ])
      expect((await ask("eventLogs", `${V2}/eventLogs?${query}`)).body.total_entries, query).toBe(0);
  });

  it("is healthy while what is due is begun, and says so without a token", async () => {
    app = createTestApp(ports, { admin_token: "secret" });
    const healthy = await ask("health", `${V2}/monitor/health`);
    expect(healthy.body).toMatchObject({
      metadatabase: { status: "healthy" },
      scheduler: { status: "healthy" },
      triggerer: { status: null },
    });
    expect((await ask("version", `${V2}/version`)).body.version).toBe("3.3.2");
    await app.ledger.markTask(
      ALL_DAGS.find(({ dag_id }) => dag_id === KEY.dag_id)!,
      { ...KEY, task_id: "build_market_gold" },
      "success",
      "",
      NOW,
    );
    ports.clock.advance(16 * MINUTE);
    expect((await ask("health", `${V2}/monitor/health`)).body.scheduler.status).toBe("unhealthy");
    expect((await ask("error", `${V2}/dags`)).status).toBe(401);
  });

  it("logs in who has the token, and nobody else", async () => {
    app = createTestApp(ports, { admin_token: "secret" });
    for (const path of ["/auth/token/cli", "/auth/token"]) {
      const { status, body } = await ask("token", path, "POST", { username: "anyone", password: "secret" });
      expect([status, body.access_token]).toEqual([201, "secret"]);
      expect((await app.call("GET", `${V2}/dags`, undefined, { authorization: `Bearer ${body.access_token}` })).status).toBe(200);
      expect((await ask("error", path, "POST", { username: "admin", password: "secret2" })).status).toBe(401);
    }
    app = createTestApp(ports);
    expect((await ask("token", "/auth/token/cli", "POST", { username: "x", password: "y" })).status).toBe(201);
  });
});
