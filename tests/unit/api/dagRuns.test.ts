import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { latestWindow } from "../../../shared/dag/cronInterval.ts";
import { DAY, HOUR, MINUTE, toIso } from "../../../shared/domain/instant.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { createFakeScorer } from "../../support/ports/fakeScorer.ts";
import { createFakeTrainer } from "../../support/ports/fakeTrainer.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const NOW = NOON + 20 * MINUTE;

let ports: TestPorts;
let app: TestApp;
beforeAll(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW, trainer: createFakeTrainer(), sentiment: createFakeScorer("no model") });
  app = createTestApp(ports);
});

describe("runs", () => {
  const interval = { data_interval_start: toIso(NOON - HOUR), data_interval_end: toIso(NOON) };
  const start = (body: unknown, dag = "market_feature_pipeline") => app.call("POST", `/api/v2/dags/${dag}/dagRuns`, body);

  it("are created once, and read back with their tasks", async () => {
    const created = await start({ ...interval, map_keys: ["USD_SGD"], conf: { a: 1 } });
    expect([created.status, created.body.run_type, created.body.dag_run_id]).toEqual([200, "manual", `manual__${toIso(NOON)}`]);
    expect((await start({ ...interval, map_keys: ["USD_SGD"], conf: { a: 1 } })).status).toBe(200);
    expect((await start({ ...interval, conf: { a: 2 } })).body.code).toBe("run_exists");
    const path = `/api/v2/dags/market_feature_pipeline/dagRuns/${created.body.dag_run_id}`;
    expect((await app.call("GET", path)).body).toMatchObject({ state: "running", conf: { a: 1 } });
    const tasks = await app.call("GET", `${path}/taskInstances`);
    expect(tasks.body.total_entries).toBe(5);
    const unknown = await app.call("GET", `${path}/taskInstances/no_such_task/tries`);
    expect([unknown.status, unknown.body.field]).toEqual([404, "task_id"]);
    expect((await app.call("GET", `${path}/taskInstances/build_market_silver/tries?map_key=USD_SGD`)).body).toEqual({
      task_instances: [],
      total_entries: 0,
    });
    for (const [query, total] of [
      ["", 1],
      ["?state=failed", 0],
      ["?limit=1&offset=1", 1],
    ] as const) {
      expect((await app.call("GET", `/api/v2/dags/~/dagRuns${query}`)).body.total_entries).toBe(total);
    }
  });

  it.each<[string, object, string]>([
    ["{}", {}, "manual__2025-06-25T12:20:00.000Z"],
    ["a logical_date of null, as Airflow's clients send", { logical_date: null }, "manual__2025-06-25T12:20:00.000Z"],
    ["an interval of nulls", { data_interval_start: null, data_interval_end: null }, "manual__2025-06-25T12:20:00.000Z"],
    ["a logical date", { logical_date: toIso(NOW) }, "manual__2025-06-25T12:20:00.000Z"],
  ])("of %s covers the latest interval of the schedule, as fx trigger does", async (_what, body, dag_run_id) => {
    const latest = latestWindow({ schedule: { cron: "0 * * * *", time_zone: "UTC" } }, NOW);
    const created = await start(body);
    expect([created.status, created.body.dag_run_id]).toEqual([200, dag_run_id]);
    expect(created.body).toMatchObject({
      data_interval_start: toIso(latest.start),
      data_interval_end: toIso(latest.end),
      run_type: "manual",
    });
    // Who names no moment gets a run of its own at each call; who names one, the run of that moment.
    ports.clock.advance(1);
    const is_same = "logical_date" in body && body.logical_date !== null;
    expect((await start(body)).body.dag_run_id === dag_run_id).toBe(is_same);
  });

  it("of {} without a schedule covers the last 24 hours", async () => {
    const { status, body } = await start({}, "model_validation");
    expect([status, body.data_interval_start, body.data_interval_end]).toEqual([200, toIso(NOW - DAY), toIso(NOW)]);
  });

  it("the pipelines are listed with their schedule", async () => {
    const { body } = await app.call("GET", "/api/v2/dags");
    expect(body.dags.map((dag: { dag_id: string }) => dag.dag_id)).toContain("model_training");
    expect((await app.call("GET", "/api/v2/dags/model_training")).body.timetable_summary).toBe("0 0 * * * Asia/Singapore");
  });

  it.each([
    ["an end before the start", { ...interval, data_interval_end: interval.data_interval_start }, 422, "data_interval_start"],
    ["an end that is yet to come", { ...interval, data_interval_end: toIso(NOW + 1) }, 422, "data_interval_end"],
    ["a time that is none", { ...interval, data_interval_end: "soon" }, 400, "data_interval_end"],
    ["half an interval", { data_interval_end: toIso(NOON) }, 422, "data_interval_start"],
    ["the other half", { data_interval_start: toIso(NOON), data_interval_end: null }, 422, "data_interval_end"],
    ["a logical date to come", { logical_date: toIso(NOW + 1) }, 422, "logical_date"],
    ["a logical date that is none", { logical_date: "soon" }, 400, "logical_date"],
    ["an unknown field", { ...interval, note: "x" }, 422, "note"],
    ["an odd run type", { ...interval, run_type: "weekly" }, 422, "run_type"],
    ["an odd key", { ...interval, map_keys: ["gold"] }, 422, "map_keys.0"],
    ["a key twice", { ...interval, map_keys: ["USD_SGD", "USD_SGD"] }, 422, "map_keys"],
    ["an empty run id", { ...interval, dag_run_id: "" }, 422, "dag_run_id"],
    [
      "a conf that is too deep",
      `{"data_interval_start":"x","data_interval_end":"y","conf":${'{"a":'.repeat(24)}1${"}".repeat(24)}}`,
      422,
      "conf",
    ],
    ["a conf without a bottom", `{"conf":${'{"a":'.repeat(9_000)}1${"}".repeat(9_000)}}`, 400, "body"],
  ])("%s is named", async (_name, body, status, field) => {
    const answer = await start(body);
    expect([answer.status, answer.body.field]).toEqual([status, field]);
  });

  it.each([
    ["POST", "/api/v2/dags/nothing/dagRuns", interval, "unknown_dag"],
    ["GET", "/api/v2/dags/nothing", undefined, "unknown_dag"],
    ["GET", "/api/v2/dags/nothing/dagRuns", undefined, "unknown_dag"],
    ["GET", "/api/v2/dags/model_training/dagRuns/nothing", undefined, "unknown_run"],
    ["GET", "/api/v2/dags/model_training/dagRuns/nothing/taskInstances", undefined, "unknown_run"],
    ["GET", "/api/nothing", undefined, "not_found"],
  ])("%s %s is 404", async (method, path, body, code) => {
    const answer = await app.call(method, path, body);
    expect([answer.status, answer.body.code]).toEqual([404, code]);
  });

  it.each(["limit=0", "limit=101", "limit=x", "offset=-1", "state=odd"])("a page of %s is 422", async (query) => {
    const { status, body } = await app.call("GET", `/api/v2/dags/~/dagRuns?${query}`);
    expect([status, body.field]).toEqual([422, query.split("=")[0]]);
  });

  it("whatever is sent, nothing is answered with a 5xx", async () => {
    const odd = fc.oneof(fc.jsonValue(), fc.string());
    const fields = fc.constantFrom("dag_run_id", "run_type", "data_interval_start", "data_interval_end", "conf", "map_keys", "__proto__");
    const some = fc.dictionary(fields, odd).map((body) => JSON.stringify({ ...interval, ...body }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), some, fc.string()), async (body) => {
        expect((await start(body)).status).toBeLessThan(500);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
