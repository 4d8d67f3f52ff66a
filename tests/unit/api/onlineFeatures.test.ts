import { beforeEach, describe, expect, it, vi } from "vitest";
import { HOUR, MINUTE, SECOND, toIso } from "../../../shared/domain/instant.ts";
import { NEWS_FEATURES } from "../../../shared/features/news/newsView.ts";
import { toOnlineRow } from "../../../shared/features/onlineRow.ts";
import { PUSHED_VIEWS } from "../../../shared/features/pushedViews.ts";
import type { OnlineRow } from "../../../shared/ports/onlineStore.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { addModel, addNewsRows, addRows, GOLD, goldRow, INSTRUMENTS, newsRow } from "../../support/models/servingFixture.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

/** A Wednesday. */
const NOON = Date.UTC(2025, 5, 25, 12);
const PATH = "/get-online-features";
const EPOCH = "1970-01-01T00:00:00Z";
const RET = "market_features:ret_1";
const NEWS = "news_features:pair_directional_signal";

let ports: TestPorts;
let app: TestApp;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOON + 30 * MINUTE, config: { instruments: INSTRUMENTS } });
  app = createTestApp(ports);
});

const online = (instrument: string, rows: Record<string, OnlineRow>) => ports.online.write(instrument, rows);
const gold = (event_time: number, ret_1: number) => ({ market_features: toOnlineRow(goldRow(event_time, ret_1), GOLD.schema_hash) });
const news = (event_time: number, signal: number) => ({
  news_features: toOnlineRow(newsRow(event_time, signal), NEWS_FEATURES.schema_hash),
});
const ask = (features: readonly string[], instruments: readonly unknown[] = ["USD_SGD"], more: object = {}) =>
  app.call("POST", PATH, { entities: { instrument: instruments }, features, ...more });
/** Of each name what was said of each row. */
const byName = ({ body }: { body: { metadata: { feature_names: string[] }; results: unknown[] } }) =>
  Object.fromEntries(body.metadata.feature_names.map((name, index) => [name, body.results[index]]));

describe("POST /get-online-features", () => {
  it("gives value, status, event time and age of each feature and row, in the order that was asked for", async () => {
    await online("USD_SGD", { ...gold(NOON, 0.5), ...news(NOON - HOUR, 0.125) });
    await online("EUR_USD", gold(NOON, 1));
    const answer = await ask([NEWS, RET, "market_features:vol_20"], ["EUR_USD", "USD_SGD", "AUD_CAD", "nonsense"]);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(answer.body.metadata).toEqual({ feature_names: ["instrument", "pair_directional_signal", "ret_1", "vol_20"] });
    expect(byName(answer)).toEqual({
      instrument: {
        values: ["EUR_USD", "USD_SGD", "AUD_CAD", "nonsense"],
        statuses: ["PRESENT", "PRESENT", "PRESENT", "PRESENT"],
        event_timestamps: [EPOCH, EPOCH, EPOCH, EPOCH],
        ages_seconds: [null, null, null, null],
      },
      pair_directional_signal: {
        values: [null, 0.125, null, null],
        statuses: ["NOT_FOUND", "PRESENT", "NOT_FOUND", "NOT_FOUND"],
        event_timestamps: [EPOCH, toIso(NOON - HOUR), EPOCH, EPOCH],
        ages_seconds: [null, 5_400, null, null],
      },
      ret_1: {
        values: [1, 0.5, null, null],
        statuses: ["PRESENT", "PRESENT", "NOT_FOUND", "NOT_FOUND"],
        event_timestamps: [toIso(NOON), toIso(NOON), EPOCH, EPOCH],
        ages_seconds: [1_800, 1_800, null, null],
      },
      vol_20: {
        values: [null, null, null, null],
        statuses: ["NULL_VALUE", "NULL_VALUE", "NOT_FOUND", "NOT_FOUND"],
        event_timestamps: [toIso(NOON), toIso(NOON), EPOCH, EPOCH],
        ages_seconds: [1_800, 1_800, null, null],
      },
    });
  });

  it("tells questions apart whose names have commas in them", async () => {
    const valuesOf = async (instruments: readonly string[]) => (await ask([RET], instruments)).body.results[0].values;
    for (const names of [["X,Y"], ["X", "Y"], ["X,Y"], ["X", "Y"]]) expect(await valuesOf(names)).toEqual(names);
  });

  it("asks libSQL while the online store cannot be read, also where it could be before", async () => {
    await online("USD_SGD", gold(NOON, 0.5));
    const served = async () => (await ask([RET])).body.results[1].values[0];
    expect(await served()).toBe(0.5);
    await addRows(ports, [goldRow(NOON + 15 * MINUTE, 0.25)]);
    const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
    const read = vi.spyOn(ports.online, "read").mockRejectedValue(new Error("away"));
    ports.clock.advance(2 * SECOND);
    expect(await served()).toBe(0.25);
    read.mockRestore();
    warned.mockRestore();
  });

  it("gives names with their view where asked, and what a service reads in its order", async () => {
    await online("USD_SGD", gold(NOON, 0.5));
    await addModel(ports, { run_id: "a".repeat(32), strength: 1, promoted_at: NOON, feature_names: ["vol_20", "ret_1"] });
    const full = await ask([RET], ["USD_SGD"], { full_feature_names: true, include_feature_view_version_metadata: true });
    expect(full.body.metadata).toEqual({
      feature_names: ["instrument", "market_features__ret_1"],
      feature_view_metadata: [{ name: "market_features", schema_hash: GOLD.schema_hash }],
    });
    const body = { entities: { instrument: ["USD_SGD"] }, feature_service: "fx-usdsgd-predictor", features: null };
    const service = await app.call("POST", PATH, body);
    expect(service.body.metadata.feature_names).toEqual(["instrument", "vol_20", "ret_1"]);
    expect(byName(service)["ret_1"]).toMatchObject({ values: [0.5] });
  });

  it("tells of a promotion within five seconds, and of a service that is gone", async () => {
    const service = () => app.call("POST", PATH, { entities: { instrument: ["USD_SGD"] }, feature_service: "fx-usdsgd-predictor" });
    expect((await service()).status).toBe(404);
    await addModel(ports, { run_id: "a".repeat(32), strength: 1, promoted_at: NOON, feature_names: ["ret_1"] });
    expect((await service()).body.metadata.feature_names).toEqual(["instrument", "ret_1"]);
    await addModel(ports, { run_id: "b".repeat(32), strength: 1, promoted_at: NOON + MINUTE, feature_names: ["vol_20"] });
    expect((await service()).body.metadata.feature_names).toEqual(["instrument", "ret_1"]);
    ports.clock.advance(5_000);
    expect((await service()).body.metadata.feature_names).toEqual(["instrument", "vol_20"]);
  });

  it.each([
    ["the market's, after two hours of open market", RET, () => gold(NOON, 0.5), [NOON + 2 * HOUR, NOON + 2 * HOUR + 1]],
    ["the news', after six hours", NEWS, () => news(NOON, 0.5), [NOON + 6 * HOUR, NOON + 6 * HOUR + 1]],
  ] as const)("withholds what is older than its time to live: %s", async (_what, feature, row, [last, after]) => {
    await online("USD_SGD", row());
    ports.clock.set(last);
    expect(Object.values(byName(await ask([feature])))[1]).toMatchObject({ values: [0.5], statuses: ["PRESENT"] });
    ports.clock.set(after);
    expect(Object.values(byName(await ask([feature])))[1]).toMatchObject({
      values: [null],
      statuses: ["OUTSIDE_MAX_AGE"],
      event_timestamps: [toIso(NOON)],
    });
    const as_feast = createTestApp({ ...ports, config: { ...ports.config, online_ttl: "ignored" } });
    const { body } = await as_feast.call("POST", PATH, { entities: { instrument: ["USD_SGD"] }, features: [feature] });
    expect(body.results[1]).toMatchObject({ values: [0.5], statuses: ["PRESENT"] });
  });

  it("counts the market's age while it is open: Friday's last row is fresh on Sunday", async () => {
    const friday = Date.UTC(2025, 5, 27, 21);
    await online("USD_SGD", gold(friday, 0.5));
    ports.clock.set(Date.UTC(2025, 5, 29, 22));
    expect(byName(await ask([RET]))["ret_1"]).toMatchObject({ statuses: ["PRESENT"], ages_seconds: [49 * 3_600] });
  });

  it("reads the online store once an instrument for all views, and not at all for what is none", async () => {
    await online("USD_SGD", { ...gold(NOON, 0.5), ...news(NOON, 0.1) });
    const [read, readPushed, latestOf] = [
      vi.spyOn(ports.online, "read"),
      vi.spyOn(ports.online, "readPushed"),
      vi.spyOn(ports.features, "latestOf"),
    ];
    await ask([RET, NEWS, "market_technical:ret_1", "market_volatility:vol_20"], ["USD_SGD", "USD_SGD", "x"], {
      full_feature_names: true,
    });
    expect([read.mock.calls, readPushed.mock.calls, latestOf.mock.calls]).toEqual([[["USD_SGD"]], [], []]);
  });

  it.each([
    ["holds a row of another schema", { market_features: { ...toOnlineRow(goldRow(NOON, 9), "0".repeat(16)) } }],
    ["holds one that is not known yet: the clock has gone back", { ...gold(NOON + 5 * HOUR, 9) }],
  ])("asks the record where the online store %s", async (_what, rows) => {
    await addRows(ports, [goldRow(NOON, 0.25)]);
    await online("USD_SGD", rows as Record<string, OnlineRow>);
    expect(byName(await ask([RET]))["ret_1"]).toMatchObject({ values: [0.25], statuses: ["PRESENT"] });
  });

  it("gives null for what is no number, if the record has such", async () => {
    const row = goldRow(NOON, Number.POSITIVE_INFINITY);
    await addRows(ports, [row]);
    await online("USD_SGD", { market_features: toOnlineRow(goldRow(NOON, 9), "0".repeat(16)) });
    expect(byName(await ask([RET]))["ret_1"]).toMatchObject({ values: [null], statuses: ["NULL_VALUE"], event_timestamps: [toIso(NOON)] });
  });

  it("asks the record where the online store is away", async () => {
    await addRows(ports, [goldRow(NOON, 0.25)]);
    await addNewsRows(ports, [newsRow(NOON, 0.5)]);
    vi.spyOn(console, "warn").mockReturnValue(undefined);
    vi.spyOn(ports.online, "read").mockRejectedValue(new Error("away"));
    expect(byName(await ask([RET, NEWS]))).toMatchObject({ ret_1: { values: [0.25] }, pair_directional_signal: { values: [0.5] } });
  });

  it("writes every number with a fraction, so that Feast's client takes none for an integer", async () => {
    await online("USD_SGD", gold(NOON, 2));
    vi.spyOn(JSON, "parse");
    const text = await app.call("POST", PATH, { entities: { instrument: ["USD_SGD"] }, features: [RET] });
    expect(text.body.results[1].values).toEqual([2]);
    const bodies = vi.mocked(JSON.parse).mock.calls.map(([body]) => String(body));
    expect(bodies.some((body) => body.includes('"values":[2.0]') && body.includes('"ages_seconds":[1800.0]'))).toBe(true);
  });

  it("takes notice of no field that a later client sends, and says what is no JSON", async () => {
    expect((await ask([RET], ["USD_SGD"], { something_new: 1 })).status).toBe(200);
    const { status, body } = await app.call("POST", PATH, "{");
    expect([status, JSON.parse(body).code]).toEqual([400, "bad_json"]);
  });

  it("wants the token where one is set", async () => {
    const guarded = createTestApp(ports, { admin_token: "secret" });
    for (const path of [PATH, "/push", "/write-to-online-store", "/materialize", "/materialize-incremental"]) {
      const { status, body } = await guarded.call("POST", path, {});
      expect([path, status, JSON.parse(body).class]).toEqual([path, 401, "FeastPermissionError"]);
    }
    const asked = { entities: { instrument: ["USD_SGD"] }, features: [RET] };
    expect((await guarded.call("POST", PATH, asked, { authorization: "Bearer secret" })).status).toBe(200);
    expect((await guarded.call("GET", "/health")).status).not.toBe(401);
  });

  it("has pushed views beside those of pipelines", async () => {
    const [view] = PUSHED_VIEWS;
    await online("USD_SGD", gold(NOON, 0.5));
    const row = {
      event_time: NOON,
      created_time: NOON,
      available_at: NOON,
      schema_hash: view!.schema_hash,
      values: [0.5, 1_000_000, null],
    };
    await ports.online.writePushed("USD_SGD", { [view!.name]: row });
    const answer = byName(await ask([RET, "market_liquidity:quoted_depth", "market_liquidity:liquidity_shock"]));
    expect(answer).toMatchObject({
      ret_1: { values: [0.5] },
      quoted_depth: { values: [1e6] },
      liquidity_shock: { statuses: ["NULL_VALUE"] },
    });
  });
});

describe("features on demand, online", () => {
  it("are computed of the served row, of earlier ones and of what comes with the question, each row by itself", async () => {
    const hours = Array.from({ length: 26 }, (_, hour) => goldRow(NOON - (25 - hour) * HOUR, (hour + 1) / 100));
    await addRows(ports, hours);
    const mid = GOLD.features.findIndex(({ name }) => name === "mid");
    const row = toOnlineRow(hours.at(-1)!, GOLD.schema_hash);
    await online("USD_SGD", { market_features: { ...row, values: row.values.map((value, at) => (at === mid ? 1.25 : value)) } });
    const entities = { instrument: ["USD_SGD", "USD_SGD", "EUR_USD"], bid: [1.25, null, 1], ask: [1.25, 1, 1] };
    const features = ["market_lags:ret_1_lag_24", "quote_features:quote_return", "quote_features:quote_spread_pct"];
    const answer = byName(await app.call("POST", PATH, { entities, features }));
    expect(answer).toMatchObject({
      ret_1_lag_24: { values: [0.02, 0.02, null], statuses: ["PRESENT", "PRESENT", "NOT_FOUND"] },
      quote_return: { values: [0, null, null], statuses: ["PRESENT", "NULL_VALUE", "NOT_FOUND"], ages_seconds: [1_800, 1_800, null] },
      quote_spread_pct: { values: [0, null, 0], event_timestamps: [EPOCH, EPOCH, EPOCH], ages_seconds: [null, null, null] },
    });
    ports.clock.set(NOON + 2 * HOUR + 1);
    const late = byName(await app.call("POST", PATH, { entities, features }));
    expect(late).toMatchObject({
      ret_1_lag_24: { values: [null, null, null], statuses: ["OUTSIDE_MAX_AGE", "OUTSIDE_MAX_AGE", "NOT_FOUND"] },
      quote_return: { statuses: ["OUTSIDE_MAX_AGE", "OUTSIDE_MAX_AGE", "NOT_FOUND"] },
      quote_spread_pct: { values: [0, null, 0] },
    });
  });
});
