import { beforeAll, describe, expect, it } from "vitest";
import { MINUTE, toIso } from "../../../shared/domain/instant.ts";
import { PUSHED_VIEWS } from "../../../shared/features/pushedViews.ts";
import { referenceOf } from "../../../shared/features/viewSchema.ts";
import { liquidityRows, writersOf } from "../../support/api/liquidityRows.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { INSTRUMENTS } from "../../support/models/servingFixture.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const NOW = NOON + 30 * MINUTE;
const PATH = "/get-online-features";
const RET = "market_features:ret_1";
const VIEW = PUSHED_VIEWS[0]!;
const at = (minutes: number) => toIso(NOON + minutes * MINUTE);

/** One for all: what is refused leaves nothing. */
let ports: TestPorts;
let app: TestApp;
beforeAll(async () => {
  ports = await createTestPorts({ now: NOW, config: { instruments: INSTRUMENTS } });
  app = createTestApp(ports);
});

const { push, write } = writersOf(() => app);
const materialize = (body: object) => app.call("POST", "/materialize", body);

describe("a read that is refused", () => {
  it.each<[string, unknown, number, string, RegExp]>([
    [
      "more instruments than there are",
      { features: [RET], entities: { instrument: Array.from({ length: 201 }, (_, at) => `X${at}`) } },
      422,
      "entities.instrument",
      /more than 200/,
    ],
    ["an unknown view", { features: ["market_featurs:ret_1"] }, 404, "features", /market_featurs.*market_features/],
    ["an unknown feature", { features: ["market_features:ret1"] }, 404, "features", /ret1.*ret_1/],
    ["an unknown service", { feature_service: "fx-usdsgd-markt" }, 404, "feature_service", /fx-usdsgd-market/],
    ["a version of a view", { features: ["market_features@v2:ret_1"] }, 404, "features", /market_features@v2/],
    ["two of one name", { features: ["market_features:ret_1", "market_technical:ret_1"] }, 422, "features", /full_feature_names/],
    ["both", { features: [RET], feature_service: "fx-usdsgd-market" }, 422, "features", /together/],
    ["neither", {}, 422, "feature_service", /missing/],
    ["an empty list", { features: [] }, 422, "feature_service", /missing/],
    ["features of articles", { features: ["news_sentiment:label_mass"] }, 422, "features", /news_features/],
    ["no join key", { entities: {}, features: [RET] }, 422, "entities.instrument", /missing/],
    ["another key", { entities: { instrument: ["USD_SGD"], pair: ["x"] }, features: [RET] }, 422, "entities.pair", /instrument/],
    [
      "a field too few",
      { entities: { instrument: ["USD_SGD"], bid: [1] }, features: ["quote_features:quote_return"] },
      422,
      "entities.ask",
      /missing/,
    ],
    ["a field too many", { entities: { instrument: ["USD_SGD"], bid: [1] }, features: [RET] }, 422, "entities.bid", /not wanted/],
    [
      "ragged columns",
      { entities: { instrument: ["A"], bid: [1, 2], ask: [1] }, features: ["quote_features:quote_return"] },
      422,
      "entities.bid",
      /2 values/,
    ],
    [
      "a text in a field",
      { entities: { instrument: ["A"], bid: ["1"], ask: [1] }, features: ["quote_features:quote_return"] },
      422,
      "entities.bid[0]",
      /number/,
    ],
    [
      "a price of 0",
      { entities: { instrument: ["A"], bid: [0], ask: [1] }, features: ["quote_features:quote_return"] },
      422,
      "entities.bid[0]",
      /above 0/,
    ],
    ["no row", { entities: { instrument: [] }, features: [RET] }, 422, "entities.instrument", /empty/],
    ["a number", { entities: { instrument: ["USD_SGD", 1001] }, features: [RET] }, 422, "entities.instrument[1]", /1001/],
    ["no list", { entities: { instrument: "USD_SGD" }, features: [RET] }, 422, "entities.instrument", /./],
    ["no entities", { entities: undefined, features: [RET] }, 422, "entities", /./],
    ["too many rows", { entities: { instrument: Array(1_001).fill("USD_SGD") }, features: [RET] }, 422, "entities", /1000/],
  ])("%s is told, in Feast's form", async (_what, body, status, field, said) => {
    const answer = await app.call("POST", PATH, { entities: { instrument: ["USD_SGD"] }, ...(body as object) });
    expect(answer.status).toBe(status);
    const error = JSON.parse(answer.body);
    expect(error).toMatchObject({ module: "feast.errors", class: expect.stringMatching(/^Fea/), details: { field } });
    expect(error.message).toMatch(said);
  });
});

describe("a push that is refused", () => {
  it.each<[string, object, string, RegExp]>([
    ["a number as time", liquidityRows([1_750_852_800], [1]), "df.event_timestamp[0]", /number/],
    ["one in a text", liquidityRows([at(0), "1750852800"], [1, 1]), "df.event_timestamp[1]", /number/],
    ["no time", liquidityRows(["noon"], [1]), "df.event_timestamp[0]", /not a time/],
    ["null as time", liquidityRows([null], [1]), "df.event_timestamp[0]", /not a time/],
    ["a day that does not exist", liquidityRows(["2025-02-30T00:00:00Z"], [1]), "df.event_timestamp[0]", /not a time/],
    ["a time that has not come", liquidityRows([at(31)], [1]), "df.event_timestamp[0]", /not come/],
    ["made in the future", liquidityRows([at(0)], [1], { created: [at(31)] }), "df.created[0]", /not come/],
    ["a text", liquidityRows([at(0)], ["1.5"]), "df.quoted_depth[0]", /no number/],
    ["a number that its feature cannot have", liquidityRows([at(0)], [-1]), "df.quoted_depth[0]", /from 0 to/],
    ["another", liquidityRows([at(0)], [1], { liquidity_imbalance: [1.5] }), "df.liquidity_imbalance[0]", /from -1 to 1/],
    ["a flag", liquidityRows([at(0)], [true]), "df.quoted_depth[0]", /no number/],
    ["no pair", liquidityRows([at(0)], [1], { instrument: ["usdsgd"] }), "df.instrument[0]", /USD_SGD/],
    ["a column too few", liquidityRows([at(0)], [1], { liquidity_shock: undefined }), "df.liquidity_shock", /missing/],
    ["no join key", liquidityRows([at(0)], [1], { instrument: undefined }), "df.instrument", /missing/],
    ["a column too many", liquidityRows([at(0)], [1], { mood: [1] }), "df.mood", /no column/],
    ["ragged columns", liquidityRows([at(0)], [1, 2]), "df.quoted_depth", /2 values/],
    ["no columns", { instrument: "USD_SGD" }, "df.instrument", /./],
    ["too many rows", liquidityRows(Array(20_001).fill(at(0)), Array(20_001).fill(1)), "df", /20000/],
  ])("%s is a 422 that names the place, and nothing is recorded", async (_what, columns, field, said) => {
    for (const { status, body } of [await push(columns), await write(columns)]) {
      const error = JSON.parse(body);
      expect([status, error.details.field]).toEqual([422, field]);
      expect(error.message).toMatch(said);
    }
    expect(await ports.features.latest("USD_SGD", referenceOf(VIEW), NOW)).toBeNull();
  });

  it("are refused where a number would be kept as another", async () => {
    const text = JSON.stringify({ push_source_name: "market_liquidity_push", df: liquidityRows([at(0)], ["?"]) });
    const { status, body } = await app.call("POST", "/push", text.replace('"?"', "9007199254740993"));
    expect([status, JSON.parse(body).details.field, JSON.parse(body).message]).toEqual([
      422,
      "df.quoted_depth[0]",
      expect.stringContaining("9007199254740993"),
    ]);
  });

  it.each<[string, () => Promise<{ status: number; body: string }>, number, string, string]>([
    [
      "an unknown source",
      () => push(liquidityRows([at(0)], [1]), { push_source_name: "driver_push" }),
      422,
      "push_source_name",
      "PushSourceNotFound",
    ],
    ["an unknown view", () => write(liquidityRows([at(0)], [1]), "market_liquidty"), 404, "feature_view_name", "FeatureViewNotFound"],
    ["a view of a pipeline", () => write(liquidityRows([at(0)], [1]), "market_features"), 409, "feature_view_name", "FeastError"],
    ["another target", () => push(liquidityRows([at(0)], [1]), { to: "moon" }), 422, "to", "FeastError"],
    ["an unknown pair", () => push(liquidityRows([at(0)], [1], { instrument: ["AAA_BBB"] })), 404, "instrument", "FeastObjectNotFound"],
  ])("%s is told", async (_what, call, status, field, kind) => {
    const answer = await call();
    const error = JSON.parse(answer.body);
    expect([answer.status, error.details.field]).toEqual([status, field]);
    expect(error.class).toContain(kind);
  });
});

describe("a materialization that is refused", () => {
  it.each<[string, object, number, string]>([
    ["an unknown view", { feature_views: ["market_features", "market_featurs"] }, 404, "feature_views[1]"],
    ["a view of none's", { feature_views: ["combined_features"] }, 422, "feature_views[0]"],
    ["no start", { start_ts: null }, 422, "start_ts"],
    ["no end", { end_ts: undefined }, 422, "end_ts"],
    ["what is no time", { start_ts: "yesterday" }, 422, "start_ts"],
    ["a number", { start_ts: "1750852800" }, 422, "start_ts"],
    ["an end before the start", { start_ts: at(1), end_ts: at(0) }, 422, "end_ts"],
    ["no event times", { disable_event_timestamp: true }, 422, "disable_event_timestamp"],
    ["a version", { version: "v2" }, 422, "version"],
  ])("%s is told", async (_what, change, status, field) => {
    const answer = await materialize({ start_ts: at(0), end_ts: at(1), ...change });
    expect([answer.status, JSON.parse(answer.body).details.field]).toEqual([status, field]);
  });
});
