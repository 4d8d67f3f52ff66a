import { beforeEach, describe, expect, it } from "vitest";
import { ALL_DAGS } from "../../../functions/pipelines/all.ts";
import { HOUR, toIso } from "../../../shared/domain/instant.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOW = Date.UTC(2025, 5, 25, 12, 20);
const NOON = Date.UTC(2025, 5, 25, 12);
const DAG = "/api/v2/dags/market_feature_pipeline";
const RUN = `${DAG}/dagRuns/r`;
const FIRST = `${RUN}/taskInstances/wait_for_bars`;
const KEY = { dag_id: "market_feature_pipeline", run_id: "r", task_id: "wait_for_bars", map_key: "USD_SGD" };

let ports: TestPorts;
let app: TestApp;
const trigger = (dag_run_id: string, end = NOON) =>
  app.call("POST", `${DAG}/dagRuns`, { dag_run_id, data_interval_start: toIso(end - HOUR), data_interval_end: toIso(end) });
const claim = async () => {
  const dag = ALL_DAGS.find(({ dag_id }) => dag_id === KEY.dag_id)!;
  expect(await app.ledger.claim(dag, KEY, { token: "t", now: NOW, lease_until: NOW + 60_000 })).not.toBeNull();
};
const problemOf = ({ status, body }: Awaited<ReturnType<TestApp["call"]>>) => [status, body.code, body.field];

beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
  app = createTestApp(ports);
  expect((await trigger("r")).status).toBe(200);
});

describe("PATCH /dags/{id}", () => {
  it("pauses a pipeline, which its own answer and both lists then say, and unpauses it", async () => {
    expect((await app.call("PATCH", DAG, { is_paused: true })).body).toMatchObject({ dag_id: KEY.dag_id, is_paused: true });
    expect((await app.call("GET", DAG)).body).toMatchObject({ is_paused: true, timetable_summary: "0 * * * * UTC" });
    const { body } = await app.call("GET", "/api/v2/dags?order_by=-is_paused&limit=1");
    expect(body).toMatchObject({ dags: [{ dag_id: KEY.dag_id, is_paused: true }], total_entries: ALL_DAGS.length });
    expect((await app.call("GET", `${FIRST}/dependencies?map_key=USD_SGD`)).body.dependencies[0].name).toBe("dag_paused");
    await app.call("PATCH", DAG, { is_paused: false });
    expect((await app.call("GET", "/api/v2/dags")).body.dags.map((dag: { is_paused: boolean }) => dag.is_paused)).not.toContain(true);
  });

  it.each([
    ["nothing", { is_paused: true }, [404, "unknown_dag", "dag_id"]],
    ["market_feature_pipeline", { is_paused: "yes" }, [422, "invalid_request", "is_paused"]],
    ["market_feature_pipeline", { is_paused: true, x: 1 }, [422, "invalid_request", "x"]],
  ])("of %s with %j", async (dag, body, problem) => {
    expect(problemOf(await app.call("PATCH", `/api/v2/dags/${dag}`, body))).toEqual(problem);
  });
});

describe("dependencies", () => {
  it("say what a task waits for", async () => {
    expect((await app.call("GET", `${FIRST}/dependencies?map_key=USD_SGD`)).body).toMatchObject({
      total_entries: 1,
      dependencies: [{ name: "due" }],
    });
    const { body } = await app.call("GET", `${RUN}/taskInstances/build_market_silver/dependencies?map_key=USD_SGD`);
    expect(body.dependencies).toMatchObject([{ name: "upstream", reason: expect.stringContaining("wait_for_bars (USD_SGD)") }]);
  });

  it.each([
    ["/api/v2/dags/x/dagRuns/r/taskInstances/y", "unknown_dag"],
    [`${DAG}/dagRuns/gone/taskInstances/wait_for_bars`, "unknown_run"],
    [`${RUN}/taskInstances/gone`, "unknown_task"],
    [FIRST, "unknown_task"],
  ])("of %s is 404", async (path, code) => {
    expect(problemOf(await app.call("GET", `${path}/dependencies`)).slice(0, 2)).toEqual([404, code]);
    expect(problemOf(await app.call("PATCH", path, { new_state: "failed" })).slice(0, 2)).toEqual([404, code]);
  });
});

describe("marking", () => {
  it("a task fails it, and gives up what follows; clearing lets both run again", async () => {
    const marked = await app.call("PATCH", `${FIRST}?map_key=USD_SGD`, { new_state: "failed", note: "bad bars" });
    expect(marked.body).toMatchObject({ state: "failed", note: "bad bars", map_key: "USD_SGD" });
    const states = async () =>
      Object.fromEntries(
        (await app.call("GET", `${RUN}/taskInstances?order_by=-task_id`)).body.task_instances
          .filter((one: { map_key: string }) => one.map_key === "USD_SGD")
          .map((one: { task_id: string; state: string }) => [one.task_id, one.state]),
      );
    expect(await states()).toEqual({
      wait_for_bars: "failed",
      build_market_silver: "upstream_failed",
      build_market_gold: "upstream_failed",
      materialize_market: "upstream_failed",
      predict_bar: "upstream_failed",
    });
    const body = { dag_run_id: "r", task_ids: ["wait_for_bars"], include_downstream: true };
    const dry = await app.call("POST", `${DAG}/clearTaskInstances`, body);
    expect([dry.status, dry.body.total_entries]).toEqual([200, 5]);
    expect((await states())["wait_for_bars"]).toBe("failed");
    await app.call("POST", `${DAG}/clearTaskInstances`, { ...body, dry_run: false });
    expect(await states()).toEqual({
      wait_for_bars: "queued",
      build_market_silver: null,
      build_market_gold: null,
      materialize_market: null,
      predict_bar: null,
    });
  });

  it("a run ends it", async () => {
    expect((await app.call("PATCH", RUN, { state: "failed" })).body).toMatchObject({ dag_run_id: "r", state: "failed" });
    expect(problemOf(await app.call("PATCH", RUN, { state: "queued" }))).toEqual([422, "invalid_request", "state"]);
    expect(problemOf(await app.call("PATCH", `${DAG}/dagRuns/gone`, { state: "failed" }))).toEqual([404, "unknown_run", "dag_run_id"]);
  });
});

describe("clearing", () => {
  it("a running task is refused by name, unless it may be stopped", async () => {
    await claim();
    const body = { dag_run_id: "r", only_failed: false, dry_run: false };
    const refused = await app.call("POST", `${DAG}/clearTaskInstances`, body);
    expect(problemOf(refused).slice(0, 2)).toEqual([409, "task_running"]);
    expect(refused.body.detail).toContain("r/wait_for_bars/USD_SGD");
    expect((await app.call("POST", `${DAG}/clearTaskInstances`, { ...body, prevent_running_task: false })).status).toBe(200);
  });

  it.each([
    ["an unknown run", { dag_run_id: "gone" }, [404, "unknown_run", "dag_run_id"]],
    ["an unknown task", { dag_run_id: "r", task_ids: ["gone"] }, [404, "unknown_task", "task_id"]],
    ["neither run nor window", {}, [422, "invalid_request", "dag_run_id"]],
    ["a window that ends first", { start_date: toIso(NOON), end_date: toIso(NOON) }, [422, "invalid_request", "start_date"]],
    ["an unknown field", { dag_run_id: "r", force: true }, [422, "invalid_request", "force"]],
  ])("%s", async (_name, body, problem) => {
    expect(problemOf(await app.call("POST", `${DAG}/clearTaskInstances`, body))).toEqual(problem);
  });
});

describe("lists", () => {
  it("of runs are sorted as asked, over pages, with the total", async () => {
    await trigger("a", NOON - 5 * HOUR);
    await trigger("b", NOON - 3 * HOUR);
    const ids = async (query: string) => {
      const { body } = await app.call("GET", `${DAG}/dagRuns?${query}`);
      expect(body.total_entries).toBe(3);
      return body.dag_runs.map((run: { dag_run_id: string }) => run.dag_run_id);
    };
    expect(await ids("")).toEqual(["r", "b", "a"]);
    expect(await ids("order_by=data_interval_end")).toEqual(["a", "b", "r"]);
    expect(await ids("order_by=-dag_run_id&limit=2")).toEqual(["r", "b"]);
    expect(await ids("order_by=-dag_run_id&limit=2&offset=2")).toEqual(["a"]);
  });

  it("of tasks are all of them, or a page", async () => {
    expect((await app.call("GET", `${RUN}/taskInstances`)).body.task_instances).toHaveLength(10);
    const { body } = await app.call("GET", `${RUN}/taskInstances?limit=1&offset=1&order_by=-map_key`);
    expect(body).toMatchObject({ total_entries: 10, task_instances: [{ map_key: "USD_SGD" }] });
  });

  it.each([`${DAG}/dagRuns`, `${RUN}/taskInstances`, "/api/v2/dags", "/api/v2/backfills", "/api/dead-letters"])(
    "of %s name a wrong order",
    async (path) => {
      expect(problemOf(await app.call("GET", `${path}?order_by=1%3BDROP`))).toEqual([422, "invalid_request", "order_by"]);
    },
  );

  it("a run id that is taken by another interval is 409", async () => {
    expect(problemOf(await trigger("r", NOON - HOUR)).slice(0, 2)).toEqual([409, "run_exists"]);
  });
});
