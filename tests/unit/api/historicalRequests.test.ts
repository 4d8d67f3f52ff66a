import { beforeEach, describe, expect, it } from "vitest";
import { MAX_ENTITY_BYTES, MAX_ENTITY_ROWS } from "../../../shared/contracts/historicalFeatures.ts";
import { at, createHistory, entities, NOON, PATH, parquetOf, REFS } from "../../support/api/historyFixture.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import type { TestPorts } from "../../support/ports/testPorts.ts";

let ports: TestPorts;
let app: TestApp;
beforeEach(async () => {
  ({ ports, app } = await createHistory());
});

const post = (body: unknown, query = "", headers: Record<string, string> = {}) => app.call("POST", `${PATH}${query}`, body, headers);

describe("what is wrong with a request is told with its name", () => {
  const asked = { features: REFS };
  const columns = (change: object) => ({ ...asked, entities: { ...entities(at(0)), ...change } });
  const PARQUET = { "content-type": "application/vnd.apache.parquet" };
  const CSV = { "content-type": "text/csv" };
  const NDJSON = { "content-type": "application/x-ndjson" };
  const QUERY = `?features=${REFS}`;

  it.each<[string, unknown, string, Record<string, string>, number, string, RegExp]>([
    ["no body", undefined, "", { "content-type": "application/json" }, 400, "body", /is empty/],
    ["no JSON", "{nope", "", { "content-type": "application/json" }, 400, "body", /is not JSON/],
    ["no entities", asked, "", {}, 422, "entities", /./],
    ["a list of entities", { ...asked, entities: [{ instrument: "USD_SGD" }] }, "", {}, 422, "entities", /./],
    ["an unknown field", { ...columns({}), feature_servic: "x" }, "", {}, 422, "feature_servic", /is not a field/],
    ["an unknown name in the query", columns({}), "?feature=x", {}, 422, "feature", /is not a field/],
    ["a missing key", { ...asked, entities: { event_timestamp: [at(0)] } }, "", {}, 422, "entities.instrument", /is missing/],
    ["a missing time", { ...asked, entities: { instrument: ["USD_SGD"] } }, "", {}, 422, "entities.event_timestamp", /is missing/],
    ["another key", columns({ pair: ["x"] }), "", {}, 422, "entities.pair", /is no column of an entity row/],
    ["ragged columns", columns({ event_timestamp: [at(0), at(1)] }), "", {}, 422, "entities.event_timestamp", /has 2 values, and .* has 1/],
    [
      "a number as time",
      columns({ event_timestamp: [NOON] }),
      "",
      {},
      422,
      "entities.event_timestamp[0]",
      /is a number, and nobody can tell of which unit/,
    ],
    ["a number in text", columns({ event_timestamp: ["1750852800.000000000"] }), "", {}, 422, "entities.event_timestamp[0]", /is a number/],
    [
      "a time without a zone",
      columns({ event_timestamp: ["2025-06-25T12:00:00"] }),
      "",
      {},
      422,
      "entities.event_timestamp[0]",
      /with a zone/,
    ],
    [
      "a day that is none",
      columns({ event_timestamp: ["2025-02-30T12:00:00Z"] }),
      "",
      {},
      422,
      "entities.event_timestamp[0]",
      /is not a time/,
    ],
    ["null as time", columns({ event_timestamp: [null] }), "", {}, 422, "entities.event_timestamp[0]", /null is not a time/],
    ["no pair", columns({ instrument: ["usdsgd"] }), "", {}, 422, "entities.instrument[0]", /is not a pair such as USD_SGD/],
    ["neither service nor features", { entities: entities(at(0)) }, "", {}, 422, "feature_service", /is missing/],
    ["both", { ...columns({}), feature_service: "fx-usdsgd-market" }, "", {}, 422, "features", /together/],
    ["said twice", columns({}), QUERY, {}, 422, "features", /in the query and in the body/],
    [
      "an unknown service",
      { entities: entities(at(0)), feature_service: "fx-usdsgd-marke" },
      "",
      {},
      404,
      "feature_service",
      /Did you mean fx-usdsgd-market/,
    ],
    ["an unknown view", { entities: entities(at(0)), features: ["market:ret_1"] }, "", {}, 404, "features", /no feature view "market"/],
    ["an unknown feature", { entities: entities(at(0)), features: ["market_features:ret"] }, "", {}, 404, "features", /Did you mean/],
    ["no form of a feature", { entities: entities(at(0)), features: ["ret_1"] }, "", {}, 422, "features", /not of the form view:feature/],
    [
      "a view of articles",
      { entities: entities(at(0)), features: ["news_sentiment:relevance"] },
      "",
      {},
      422,
      "features",
      /a row an article/,
    ],
    [
      "a feature twice",
      { entities: entities(at(0)), features: ["market_features:mid", "market_features:mid"] },
      "",
      {},
      422,
      "features",
      /named twice/,
    ],
    [
      "two of one name",
      { entities: entities(at(0)), features: ["market_features:mid", "market_technical:mid"] },
      "",
      {},
      422,
      "features",
      /full_feature_names/,
    ],
    ["an unknown format", columns({}), "?format=xlsx", {}, 422, "format", /./],
    ["an as_of that cannot be read", { ...columns({}), as_of: "yesterday" }, "", {}, 422, "as_of", /not a time/],
    ["an as_of to come", { ...columns({}), as_of: at(101) }, "", {}, 422, "as_of", /has not come yet/],
    ["a CSV without a header", "", QUERY, CSV, 422, "entities", /is empty/],
    ["a CSV with pandas' index", `,instrument,event_timestamp\n0,USD_SGD,${at(0)}\n`, QUERY, CSV, 422, 'column ""', /is no column/],
    ["a CSV column twice", "instrument,instrument,event_timestamp\n", QUERY, CSV, 422, 'column "instrument"', /twice/],
    [
      "a ragged CSV",
      `instrument,event_timestamp\nUSD_SGD,${at(0)}\nUSD_SGD\n`,
      QUERY,
      CSV,
      422,
      "line 3",
      /has 1 value where the header has 2/,
    ],
    [
      "a CSV with epoch times",
      "instrument,event_timestamp\nUSD_SGD,1750852800\n",
      QUERY,
      CSV,
      422,
      "line 2: event_timestamp",
      /is a number/,
    ],
    ["NDJSON that is none", `{"instrument":"USD_SGD","event_timestamp":"${at(0)}"}\nx`, QUERY, NDJSON, 422, "line 2", /is not JSON/],
    ["NDJSON of lists", "[1]", QUERY, NDJSON, 422, "line 1", /is no JSON object/],
    [
      "NDJSON with another key",
      `{"instrument":"USD_SGD","event_timestamp":"${at(0)}","label":1}`,
      QUERY,
      NDJSON,
      422,
      "line 1: label",
      /is no column/,
    ],
    ["bytes that are no text", Uint8Array.of(0xff, 0xfe, 0x41), QUERY, CSV, 422, "entities", /UTF-8/],
    ["a cut Parquet file", parquetOf([at(0)]).slice(0, 60), QUERY, PARQUET, 422, "entities", /cannot be read/],
    ["text as Parquet", "PAR1 and no more", QUERY, {}, 422, "entities", /cannot be read/],
    [
      "Parquet times without a zone",
      parquetOf([at(0)], { is_utc: false }),
      QUERY,
      PARQUET,
      422,
      'column "event_timestamp"',
      /without a zone/,
    ],
    [
      "Parquet numbers as times",
      parquetOf([at(0)], { time: { logical_type: undefined } }),
      QUERY,
      PARQUET,
      422,
      'column "event_timestamp"',
      /is of type INT64/,
    ],
    ["a Parquet time that is null", parquetOf([at(0), ""]), QUERY, PARQUET, 422, "row 2: event_timestamp", /null is not a time/],
  ])("%s", async (_what, body, query, headers, status, field, message) => {
    const answer = await post(body, query, headers);
    expect([answer.status, answer.body.field]).toEqual([status, field]);
    expect(answer.body.detail).toMatch(message);
    expect(answer.body.detail.startsWith(field)).toBe(true);
  });

  it("more rows than are taken, in each form", async () => {
    const many = Array.from({ length: MAX_ENTITY_ROWS + 1 }, () => at(0));
    const csv = `instrument,event_timestamp\n${many.map((time) => `USD_SGD,${time}`).join("\n")}`;
    for (const [body, headers] of [
      [{ ...asked, entities: entities(...many) }, {}],
      [csv, CSV],
      [parquetOf(many), PARQUET],
    ] as const) {
      const { status, body: answer } = await post(body, typeof body === "object" && "entities" in body ? "" : QUERY, headers);
      expect([status, answer.field, answer.detail]).toEqual([422, "entities", expect.stringContaining("more than 100000 rows")]);
    }
  });

  it("more bytes than are taken", async () => {
    const { status, body } = await post("x".repeat(MAX_ENTITY_BYTES + 1), QUERY, CSV);
    expect([status, body.code]).toEqual([413, "body_too_large"]);
  });

  it("more instruments than there are", async () => {
    const letters = "ABCDEFGHIJ";
    const names = Array.from(
      { length: 201 },
      (_, i) => `AAA_${letters[Math.floor(i / 100)]}${letters[Math.floor(i / 10) % 10]}${letters[i % 10]}`,
    );
    const answer = await post({ ...asked, entities: { instrument: names, event_timestamp: names.map(() => at(0)) } });
    expect([answer.status, answer.body.field]).toEqual([422, "entities.instrument[200]"]);
  });

  it("asks for the token of the installation", async () => {
    const guarded = createTestApp(ports, { admin_token: "secret" });
    expect((await guarded.call("POST", PATH, columns({}))).status).toBe(401);
    expect((await guarded.call("POST", PATH, columns({}), { authorization: "Bearer secret" })).status).toBe(200);
  });
});
