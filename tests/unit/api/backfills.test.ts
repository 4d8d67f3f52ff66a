import { beforeEach, describe, expect, it } from "vitest";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";

const NOW = Date.UTC(2025, 5, 25, 12, 20);
const PATH = "/api/v2/backfills";
const BODY = { dag_id: "market_feature_pipeline", from_date: "2025-06-01T00:00:00Z", to_date: "2025-06-06T00:00:00Z", max_active_runs: 2 };
const MESSAGE = {
  pipeline: "market_feature_pipeline",
  instruments: ["USD_SGD"],
  from: "2025-06-01T00:00:00Z",
  to: "2025-06-03T00:00:00Z",
  reason: "late bars",
};

let app: TestApp;
beforeEach(async () => {
  app = createTestApp(await createTestPorts({ now: NOW }));
});
const problemOf = ({ status, body }: Awaited<ReturnType<TestApp["call"]>>) => [status, body.code, body.field];
const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

describe("backfills", () => {
  it("are planned, made, paused, resumed and cancelled", async () => {
    const plan = await app.call("POST", `${PATH}/dry_run`, BODY);
    expect([plan.status, plan.body.total_entries, plan.body.step]).toEqual([200, 5, "1d"]);
    expect((await app.call("GET", PATH)).body).toEqual({ backfills: [], total_entries: 0 });

    const made = await app.call("POST", PATH, BODY);
    expect([made.status, made.body.state]).toEqual([200, "running"]);
    expect(made.body.progress).toMatchObject({ total: 5, success: 0 });
    const one = `${PATH}/${made.body.id}`;
    expect((await app.call("GET", one)).body).toMatchObject({ id: made.body.id, dag_id: BODY.dag_id });
    expect((await app.call("PUT", `${one}/pause`)).body).toMatchObject({ state: "paused", is_paused: true });
    expect((await app.call("PUT", `${one}/unpause`)).body).toMatchObject({ state: "running", is_paused: false });
    expect((await app.call("PUT", `${one}/cancel`)).body.state).toBe("cancelled");
    for (const verb of ["pause", "unpause", "cancel"]) {
      expect(problemOf(await app.call("PUT", `${one}/${verb}`)).slice(0, 2)).toEqual([409, "backfill_ended"]);
    }
  });

  it("are listed by page, order and pipeline", async () => {
    for (let day = 1; day <= 3; day++) await app.call("POST", PATH, { ...BODY, from_date: `2025-06-0${day}T00:00:00Z` });
    const ids = async (query: string) => (await app.call("GET", `${PATH}?${query}`)).body.backfills.map((one: { id: number }) => one.id);
    expect(await ids("")).toEqual([3, 2, 1]);
    expect(await ids("order_by=id&limit=2&offset=1")).toEqual([2, 3]);
    expect(await ids("order_by=-from_date")).toEqual([3, 2, 1]);
    expect(await ids("dag_id=model_training")).toEqual([]);
    expect(problemOf(await app.call("GET", `${PATH}?dag_id=x`))).toEqual([404, "unknown_dag", "dag_id"]);
  });

  it.each([
    ["an unknown pipeline", { ...BODY, dag_id: "x" }, [404, "unknown_dag", "dag_id"]],
    ["an end before the start", { ...BODY, to_date: BODY.from_date }, [422, "invalid_request", "from_date"]],
    ["an end that is yet to come", { ...BODY, to_date: "2025-06-26T00:00:00Z" }, [422, "invalid_request", "to_date"]],
    ["too long a window", { ...BODY, from_date: "2005-06-01T00:00:00Z" }, [422, "invalid_request", "from_date"]],
    ["an odd step", { ...BODY, step: "weekly" }, [422, "invalid_request", "step"]],
    ["an odd behaviour", { ...BODY, reprocess_behavior: "all" }, [422, "invalid_request", "reprocess_behavior"]],
    [
      "a conf that is too deep",
      JSON.stringify(BODY).replace("}", `,"dag_run_conf":${deep(24)}}`),
      [422, "invalid_request", "dag_run_conf"],
    ],
    ["a conf without a bottom", JSON.stringify(BODY).replace("}", `,"dag_run_conf":${deep(6_000)}}`), [400, "bad_json", "body"]],
    ["no JSON", "{", [400, "bad_json", "body"]],
  ])("%s", async (_name, body, problem) => {
    expect(problemOf(await app.call("POST", PATH, body))).toEqual(problem);
    expect(problemOf(await app.call("POST", `${PATH}/dry_run`, body))).toEqual(problem);
  });

  it.each(["7", "0", "x", "1e3", "99999999999999999"])("backfill %s is 404", async (id) => {
    expect(problemOf(await app.call("GET", `${PATH}/${id}`))).toEqual([404, "unknown_backfill", "id"]);
    expect(problemOf(await app.call("PUT", `${PATH}/${id}/pause`))).toEqual([404, "unknown_backfill", "id"]);
  });
});

describe("reprocessing", () => {
  it("a message goes to the queue, and from there becomes a backfill", async () => {
    const { status, body } = await app.call("POST", "/api/reprocess", MESSAGE);
    expect([status, body]).toEqual([202, { accepted: MESSAGE }]);
    expect(app.reprocessed).toEqual([MESSAGE]);
    await app.reprocess.receive({ id: "m", body: app.reprocessed[0] });
    expect((await app.call("GET", PATH)).body).toMatchObject({
      total_entries: 1,
      backfills: [{ reason: "late bars", map_keys: ["USD_SGD"] }],
    });
  });

  it.each([
    ["an unknown pipeline", { ...MESSAGE, pipeline: "x" }, [404, "unknown_dag", "pipeline"]],
    ["a window of no length", { ...MESSAGE, to: MESSAGE.from }, [422, "invalid_request", "from"]],
    ["a window in the future", { ...MESSAGE, to: "2026-01-01T00:00:00Z" }, [422, "invalid_request", "to"]],
    ["no instrument", { ...MESSAGE, instruments: [] }, [422, "invalid_request", "instruments"]],
    ["an unknown field", { ...MESSAGE, force: 1 }, [422, "invalid_request", "force"]],
  ])("with %s is refused at once", async (_name, body, problem) => {
    expect(problemOf(await app.call("POST", "/api/reprocess", body))).toEqual(problem);
    expect(app.reprocessed).toEqual([]);
  });

  it("a malformed message is a dead letter, which can be corrected and replayed", async () => {
    await app.reprocess.receive({ id: "m", body: { ...MESSAGE, pipeline: "x" } });
    const { body } = await app.call("GET", "/api/dead-letters?is_replayed=false&order_by=-received_at");
    expect(body).toMatchObject({ total_entries: 1, dead_letters: [{ id: "m", body: { pipeline: "x" }, replayed_at: null }] });
    expect(problemOf(await app.call("POST", "/api/dead-letters/m/replay"))).toEqual([404, "unknown_dag", "pipeline"]);
    expect((await app.call("POST", "/api/dead-letters/m/replay", { body: MESSAGE })).body).toMatchObject({ dag_id: MESSAGE.pipeline });
    expect((await app.call("GET", "/api/dead-letters?is_replayed=false")).body.total_entries).toBe(0);
    expect((await app.call("GET", "/api/dead-letters?is_replayed=true")).body.total_entries).toBe(1);
  });

  it.each([
    ["/api/dead-letters/gone/replay", undefined, [404, "unknown_dead_letter", "id"]],
    ["/api/dead-letters/gone/replay", { text: 1 }, [422, "invalid_request", "text"]],
    ["/api/dead-letters/gone/replay", `{"body":${deep(24)}}`, [422, "invalid_request", "body"]],
    ["/api/dead-letters/gone/replay", `{"body":${deep(6_000)}}`, [400, "bad_json", "body"]],
  ])("POST %s of what is not there", async (path, body, problem) => {
    expect(problemOf(await app.call("POST", path, body))).toEqual(problem);
  });

  it("whatever the queue carries ends as a dead letter", async () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    const bodies = [1n, cycle, new Map([[1, 2]]), JSON.parse(deep(9_000)), undefined, null];
    for (const [index, body] of bodies.entries()) expect(await app.reprocess.receive({ id: `m${index}`, body })).toBeNull();
    const { status, body } = await app.call("GET", "/api/dead-letters");
    expect([status, body.total_entries]).toEqual([200, bodies.length]);
  });
});
