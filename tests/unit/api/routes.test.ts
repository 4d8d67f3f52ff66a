import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { modelCollectionSchema, modelHistorySchema } from "../../../shared/contracts/models.ts";
import { latestWindow } from "../../../shared/dag/cronInterval.ts";
import type { Bar } from "../../../shared/domain/bar.ts";
import { DAY, HOUR, MINUTE, toIso } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { toCandle, toNdjson, walkUntil } from "../../support/candleLines.ts";
import { createFakeScorer } from "../../support/fakeScorer.ts";
import { createFakeTrainer } from "../../support/fakeTrainer.ts";
import { addModel, CLAIM } from "../../support/servingFixture.ts";
import { createTestApp, type TestApp } from "../../support/testApp.ts";
import { createTestClock } from "../../support/testEngine.ts";
import { createTestPorts, storeBars, type TestPorts } from "../../support/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const NOW = NOON + 20 * MINUTE;

let ports: TestPorts;
let app: TestApp;
beforeAll(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW, trainer: createFakeTrainer(), sentiment: createFakeScorer("no model") });
  app = createTestApp(ports);
});

const down = async () =>
  Promise.reject(new AppError("store_unavailable", "The database did not answer: refused", { status: 503, retryable: true }));

describe("GET /health", () => {
  it("of a fresh store is degraded, and says in each line what is missing", async () => {
    const { status, body } = await app.call("GET", "/health");
    expect([status, body.status, body.time]).toEqual([200, "degraded", toIso(NOW)]);
    expect(body.components).toEqual({
      libsql: { status: "ok", detail: "answers; holds no candle yet" },
      lake: { status: "ok", detail: "takes writes" },
      online_store: { status: "ok", detail: "answers; nothing is materialized yet" },
      sidecar: {
        status: "ok",
        detail: "XGBoost 3.4.1 on CPU; 0 running, 0 queued; the lexicon reads the news (FINGPT_BASE_GGUF is not set)",
      },
      candles: { status: "degraded", detail: "USD_SGD has none; EUR_USD has none" },
      models: { status: "degraded", detail: "not in Production: USD_SGD_direction_h1, EUR_USD_direction_h1" },
    });
  });

  it("says who reads the news, and is degraded where a configured model does not", async () => {
    const sidecarWith = async (sentiment: TestPorts["sentiment"]) =>
      (await createTestApp({ ...ports, sentiment }).call("GET", "/health")).body.components.sidecar;
    expect(await sidecarWith(createFakeScorer())).toMatchObject({ status: "ok", detail: expect.stringMatching(/; FinGPT on cuda reads/) });
    const fallen = createFakeScorer("no model");
    const health = async () => ({ ...(await fallen.health()), base: "base.gguf", reason: "the model crashed three times" });
    expect(await sidecarWith({ ...fallen, health })).toMatchObject({
      status: "degraded",
      detail: expect.stringContaining("the lexicon reads the news (the model crashed three times)"),
    });
  });

  it("candles are late five minutes after the close of a bar that is not there, and not over a weekend", async () => {
    await ports.bars.claimMarket("oanda");
    const close = Date.UTC(2025, 5, 27, 21);
    for (const [instrument, seed] of [["USD_SGD", 1] as const, ["EUR_USD", 2] as const])
      await storeBars(ports, walkUntil(instrument, close, 5, seed));
    const candlesAt = async (now: number) =>
      (await createTestApp({ ...ports, clock: createTestClock(now) }).call("GET", "/health")).body.components.candles;
    expect(await candlesAt(close + 40 * HOUR)).toEqual({ status: "ok", detail: "2 instruments are current" });
    const due = close + 49 * HOUR + 5 * MINUTE;
    expect(await candlesAt(due)).toMatchObject({ status: "ok" });
    const words = `ends at ${toIso(close)}: the bar of ${toIso(close + 49 * HOUR)} is 5 min late`;
    expect(await candlesAt(due + 1)).toEqual({ status: "degraded", detail: `USD_SGD ${words}; EUR_USD ${words}` });
    expect((await candlesAt(close - 3 * HOUR)).detail).toMatch(
      /^USD_SGD has bars until 2025-06-27T21:00:00Z, which is after now: the clock has gone back/,
    );
  });

  it("Friday's last bar is missed on Saturday too", async () => {
    await ports.bars.claimMarket("oanda");
    const close = Date.UTC(2025, 5, 27, 21);
    for (const instrument of ["USD_SGD", "EUR_USD"]) await storeBars(ports, walkUntil(instrument, close - HOUR, 5, 1));
    ports.clock.set(close + 12 * HOUR);
    expect((await app.call("GET", "/health")).body.components.candles.status).toBe("degraded");
  });

  it.each([
    ["the database", (p: TestPorts) => ({ ...p, bars: { ...p.bars, market: down } }), "libsql", 503, "down"],
    ["the online store", (p: TestPorts) => ({ ...p, online: { ...p.online, read: down } }), "online_store", 503, "down"],
    ["the sidecar", (p: TestPorts) => ({ ...p, trainer: { ...p.trainer, health: down } }), "sidecar", 200, "degraded"],
  ])("without %s", async (_name, change, component, status, overall) => {
    const answer = await createTestApp(change(ports)).call("GET", "/health");
    expect([answer.status, answer.body.status]).toEqual([status, overall]);
    const detail = expect.stringMatching(/^The database did not answer: refused\. On one machine .*; elsewhere check /);
    expect(answer.body.components[component]).toEqual({ status: "down", detail });
  });

  it("a component that never answers is down after its time", async () => {
    vi.useFakeTimers();
    const answer = createTestApp({ ...ports, trainer: { ...ports.trainer, health: () => new Promise(() => {}) } }).call("GET", "/health");
    await vi.advanceTimersByTimeAsync(2_000);
    expect((await answer).body.components.sidecar).toMatchObject({
      status: "down",
      detail: expect.stringMatching(/^no answer in 2000 ms\. /),
    });
    vi.useRealTimers();
  });
});

describe("POST /api/import/candles", () => {
  const BARS = walkUntil("GBP_USD", NOON, 50, 1);
  const send = (body: string, query = "instrument=GBP_USD&granularity=H1") => app.call("POST", `/api/import/candles?${query}`, body);

  it("takes exactly 5,000 lines", async () => {
    const { status, body } = await send("{}\n".repeat(5_000));
    expect([status, body.read, body.inserted]).toEqual([200, 5_000, 0]);
  });

  it("stores candles of an instrument that is not configured, which is known from then on", async () => {
    const answer = { read: 50, inserted: 0, unchanged: 0, replaced: 0, rejected: {}, first_rejects: [] };
    expect((await send(toNdjson(BARS))).body).toEqual({ ...answer, inserted: 50 });
    expect((await send(`${toNdjson(BARS)}\n\n`)).body).toEqual({ ...answer, unchanged: 50 });
    ports.clock.advance(5_000);
    expect((await app.call("GET", "/api/store")).body).toMatchObject({
      market: "real",
      clock: toIso(NOW + 5_000),
      instruments: ["USD_SGD", "EUR_USD", "GBP_USD"],
      configured_instruments: ["USD_SGD", "EUR_USD"],
      coverage: [{ instrument: "GBP_USD", granularity: "H1", bars: 50, last_start: toIso(NOON - HOUR) }],
    });
  });

  it.each([
    ["no line", "\n \n", undefined, 422, "body"],
    ["too many lines", "{}\n".repeat(5_001), undefined, 422, "body"],
    ["no instrument", "{}", "granularity=H1", 422, "instrument"],
    ["an odd instrument", "{}", "instrument=GOLD&granularity=H1", 422, "instrument"],
    ["a granularity that is not kept", "{}", "instrument=GBP_USD&granularity=D", 422, "granularity"],
    ["an unknown parameter", "{}", "instrument=GBP_USD&granularity=H1&overwrite=1", 422, "overwrite"],
  ])("%s", async (_name, body, query, status, field) => {
    const answer = await send(body, query);
    expect([answer.status, answer.body.error.code, answer.body.error.details.field]).toEqual([status, "invalid_request", field]);
    expect(ports.lake.keys()).toEqual([]);
  });

  const lines = (bars: readonly Bar[]) => bars.map((bar) => JSON.stringify(toCandle(bar)));
  const CHANGED = BARS.map((bar, i) => (i === 20 ? { ...bar, volume: 1.5 } : bar));
  const TENFOLD = BARS.map((bar, i): Bar => {
    return i === 30 ? { ...bar, mid: { ...bar.mid, h: 10 * bar.mid.h, c: 10 * bar.mid.c }, bid: null, ask: null } : bar;
  });

  it("replaces only when it is asked to, and says how", async () => {
    await send(toNdjson(BARS));
    const first = (await send(toNdjson(CHANGED))).body;
    expect(first).toMatchObject({ unchanged: 49, replaced: 0, rejected: { duplicate_differs: 1 }, first_rejects: [{ line: 21 }] });
    expect(first.first_rejects[0].detail).toMatch(/; import with --replace puts this one in its place$/);
    const again = (await send(toNdjson(CHANGED), "instrument=GBP_USD&granularity=H1&replace=true")).body;
    expect(again).toMatchObject({ unchanged: 49, replaced: 1, rejected: {}, first_rejects: [] });
  });

  it("takes a close ten times its neighbours for a mistake, also alone among stored bars, unless it is told to believe it", async () => {
    const query = "instrument=GBP_USD&granularity=H1";
    expect((await send(toNdjson(TENFOLD), query)).body).toMatchObject({
      inserted: 49,
      rejected: { spike: 1 },
      first_rejects: [{ line: 31 }],
    });
    expect((await send(lines(TENFOLD)[30]!, query)).body).toMatchObject({ inserted: 0, rejected: { spike: 1 } });
    expect((await send(lines(TENFOLD)[30]!, `${query}&accept_spikes=true`)).body).toMatchObject({ inserted: 1, rejected: {} });
  });

  it("stores no row of a daily file under an hourly label", async () => {
    // From a Monday to a Friday.
    const five = Array.from({ length: 5 }, (_, day) => ({ ...BARS[0]!, start: Date.UTC(2025, 5, 16 + day, 7) }));
    const { body } = await send(toNdjson(five));
    expect(body).toMatchObject({ inserted: 0, rejected: { wrong_granularity: 5 } });
    expect(body.first_rejects[0].detail).toBe("time: the rows are 24 h of market hours apart, and so no bars of H1");
  });

  it("counts every reject of an import, and keeps the first hundred of each reason", async () => {
    const query = "instrument=GBP_USD&granularity=H1&import_id=one";
    for (const part of [1, 2]) {
      const junk = Array.from({ length: 80 }, (_, i) => `not JSON ${part} ${i}`).join("\n");
      expect((await send(junk, query)).body).toMatchObject({ inserted: 0, rejected: { not_an_object: 80 } });
    }
    const { body } = await app.call("GET", "/api/rejects?limit=1&offset=1");
    expect(body).toMatchObject({ total_entries: 100, counts: [{ reason: "not_an_object", total: 160, kept: 100 }] });
    expect(body.rejects).toMatchObject([{ line: 2, instrument: "GBP_USD", reason: "not_an_object", ingested_at: toIso(NOW) }]);
    expect((await app.call("GET", "/api/rejects?reason=spike")).body).toEqual({ rejects: [], total_entries: 0, counts: [] });
    const wrong = await app.call("GET", "/api/rejects?limit=1001");
    expect([wrong.status, wrong.body.error.details.field]).toEqual([422, "limit"]);
  });

  it("a body over 8 MiB is 413", async () => {
    expect((await send(" ".repeat(8 * 1024 * 1024 + 1))).status).toBe(413);
  });

  it("real candles are refused by a store of simulated ones, before anything is written", async () => {
    await ports.bars.claimMarket("sandbox");
    const { status, body } = await send(toNdjson(BARS));
    expect([status, body.error.code]).toEqual([409, "mixed_markets"]);
    expect(ports.lake.keys()).toEqual([]);
  });
});

describe("models", () => {
  it("are listed with what is in Production, and by name with versions and moves", async () => {
    await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON - DAY });
    const { body } = await app.call("GET", "/api/models");
    expect(body).toMatchObject({
      total_entries: 2,
      models: [
        { name: "USD_SGD_direction_h1", instrument: "USD_SGD", production: { version: "1", creation_timestamp: toIso(NOON - DAY) } },
        { name: "EUR_USD_direction_h1", production: null },
      ],
    });
    expect(body.models[0].production).toMatchObject(CLAIM);
    expect(body.models[0].live_since).toBeNull();
    await ports.knowledge.noteFresh("USD_SGD", NOON + DAY);
    expect((await app.call("GET", "/api/models")).body.models[0].live_since).toBe(toIso(NOON + DAY));
    expect(modelCollectionSchema.safeParse(body).success).toBe(true);
    const one = await app.call("GET", "/api/models/USD_SGD_direction_h1");
    expect(one.body.versions).toMatchObject([{ version: "1", current_stage: "Production", metrics: {}, skill: "none" }]);
    expect(modelHistorySchema.safeParse(one.body).success).toBe(true);
    expect(one.body.transitions).toMatchObject([{ to_stage: "Production", effective_at: toIso(NOON - DAY) }]);
  });

  it.each([
    [{ skill: "statistical", skill_reason: "Better." }, "statistical", /^Better\.$/],
    [{ skill_shown: "true" }, "none", /earlier rule/],
    [{}, "none", /not been validated/],
  ])("say the word of skill of every version: %o", async (tags, skill, reason) => {
    await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON - DAY });
    await ports.tracking.setVersionTags("USD_SGD_direction_h1", "1", tags as Record<string, string>);
    const [version] = (await app.call("GET", "/api/models/USD_SGD_direction_h1")).body.versions;
    expect(version).toMatchObject({ skill, skill_reason: expect.stringMatching(reason) });
    expect(version.tags).not.toHaveProperty("skill_shown");
  });

  it("one whose card cannot be read claims nothing, and says why", async () => {
    await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: NOON - DAY });
    const app = createTestApp({ ...ports, lake: { ...ports.lake, get: async () => null } });
    const [model] = (await app.call("GET", "/api/models")).body.models;
    expect(model.production).toMatchObject({ skill: "none", accuracy: null, skill_reason: expect.stringMatching(/no model card/) });
  });

  it.each(["nothing", "%E0%A4%A", "%00", encodeURIComponent("'; DROP TABLE models")])("%s is 404", async (name) => {
    const { status, body } = await app.call("GET", `/api/models/${name}`);
    expect([status, body.error.details.field]).toEqual([404, "name"]);
  });
});

describe("runs", () => {
  const interval = { data_interval_start: toIso(NOON - HOUR), data_interval_end: toIso(NOON) };
  const start = (body: unknown, dag = "market_feature_pipeline") => app.call("POST", `/api/v2/dags/${dag}/dagRuns`, body);

  it("are created once, and read back with their tasks", async () => {
    const created = await start({ ...interval, map_keys: ["USD_SGD"], conf: { a: 1 } });
    expect([created.status, created.body.run_type, created.body.dag_run_id]).toEqual([201, "manual", `manual__${toIso(NOON)}`]);
    expect((await start({ ...interval, map_keys: ["USD_SGD"], conf: { a: 1 } })).status).toBe(200);
    expect((await start({ ...interval, conf: { a: 2 } })).body.error.code).toBe("run_exists");
    const path = `/api/v2/dags/market_feature_pipeline/dagRuns/${created.body.dag_run_id}`;
    expect((await app.call("GET", path)).body).toMatchObject({ state: "running", conf: { a: 1 } });
    const tasks = await app.call("GET", `${path}/taskInstances`);
    expect(tasks.body.total_entries).toBe(4);
    const unknown = await app.call("GET", `${path}/taskInstances/no_such_task/tries`);
    expect([unknown.status, unknown.body.error.details.field]).toEqual([404, "task_id"]);
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
    ["a logical date", { logical_date: toIso(NOW) }, "manual__2025-06-25T12:00:00Z"],
  ])("of %s covers the latest interval of the schedule, as fx trigger does", async (_what, body, dag_run_id) => {
    const latest = latestWindow({ schedule: { cron: "0 * * * *", time_zone: "UTC" } }, NOW);
    const created = await start(body);
    expect([created.status, created.body.dag_run_id]).toEqual([201, dag_run_id]);
    expect(created.body).toMatchObject({
      data_interval_start: toIso(latest.start),
      data_interval_end: toIso(latest.end),
      run_type: "manual",
    });
    ports.clock.advance(1);
    expect((await start(body)).status).toBe(dag_run_id.endsWith(".000Z") ? 201 : 200);
  });

  it("of {} without a schedule covers the last 24 hours", async () => {
    const { status, body } = await start({}, "model_validation");
    expect([status, body.data_interval_start, body.data_interval_end]).toEqual([201, toIso(NOW - DAY), toIso(NOW)]);
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
      "a conf without a bottom",
      `{"data_interval_start":"x","data_interval_end":"y","conf":${'{"a":'.repeat(9_000)}1${"}".repeat(9_000)}}`,
      422,
      "conf",
    ],
  ])("%s is named", async (_name, body, status, field) => {
    const answer = await start(body);
    expect([answer.status, answer.body.error.details.field]).toEqual([status, field]);
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
    expect([answer.status, answer.body.error.code]).toEqual([404, code]);
  });

  it.each(["limit=0", "limit=101", "limit=x", "offset=-1", "state=odd"])("a page of %s is 422", async (query) => {
    const { status, body } = await app.call("GET", `/api/v2/dags/~/dagRuns?${query}`);
    expect([status, body.error.details.field]).toEqual([422, query.split("=")[0]]);
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

describe("the front door", () => {
  it("GET / lists what there is", async () => {
    const { status, body } = await app.call("GET", "/");
    expect([status, Object.keys(body.routes)]).toEqual([200, expect.arrayContaining(["POST /predict", "GET /health"])]);
  });

  it("GET /openapi.json describes the typed routes, each of which exists", async () => {
    const { status, body } = await app.call("GET", "/openapi.json");
    expect([status, body.openapi]).toEqual([200, "3.1.0"]);
    expect(Object.keys(body.paths)).toContain("/predict");
    for (const [path, operations] of Object.entries<object>(body.paths)) {
      for (const method of Object.keys(operations)) {
        const answer = await app.call(method.toUpperCase(), path.replace(/\{\w+\}/g, "nothing"), method === "post" ? {} : undefined);
        // Of a file that there is not, its route says so itself, with the field.
        const { code, details } = answer.body.error ?? {};
        if (details?.field === undefined) expect(code, `${method} ${path}`).not.toBe("not_found");
      }
    }
  });

  it.each([
    ["no token", {}],
    ["another token", { authorization: "Bearer wrong" }],
    ["another scheme", { authorization: "Basic c2VjcmV0" }],
  ])("with %s, /api answers 401 and the rest answers", async (_name, headers) => {
    app = createTestApp(ports, { admin_token: "secret" });
    for (const path of ["/api/store", "/api/v2/dags", "/api/models"]) {
      const { status, body } = await app.call("GET", path, undefined, headers);
      expect([status, body.error.code], path).toEqual([401, "forbidden"]);
    }
    expect((await app.call("GET", "/health", undefined, headers)).status).toBe(200);
  });

  it("with the token, errors behind it keep their own status", async () => {
    app = createTestApp(ports, { admin_token: "secret" });
    const headers = { authorization: "Bearer secret" };
    expect((await app.call("GET", "/api/store", undefined, headers)).status).toBe(200);
    expect((await app.call("GET", "/api/models/nothing", undefined, headers)).status).toBe(404);
  });

  it("a fault of ours is 500 without its secrets, and with a note in the log", async () => {
    app = createTestApp({ ...ports, bars: { ...ports.bars, market: async () => Promise.reject(new Error("password=hunter2")) } });
    const { status, body } = await app.call("GET", "/api/store");
    expect([status, body.error.code]).toEqual([500, "internal"]);
    expect(JSON.stringify(body)).not.toContain("hunter2");
  });

  it("a database that is down is 503, and says when to come back if it knows", async () => {
    const busy = async () => Promise.reject(new AppError("store_unavailable", "busy", { status: 503, retry_after_ms: 1_500 }));
    const answer = await createTestApp({ ...ports, bars: { ...ports.bars, market: busy } }).call("GET", "/api/store");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "2"]);
  });
});
